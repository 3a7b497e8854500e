package oriel.webrtc.ice;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.zip.CRC32;
import oriel.base.MalformedException;

/**
 * A STUN message that came (RFC 8489): a view on somebody's bytes, valid until they change.
 *
 * <pre>
 * | type 2 | length 2 | 21 12 A4 42 | transaction 12 | attributes: type 2, length 2, value, padding to 4 |
 * </pre>
 *
 * Of an attribute that comes twice the first counts; behind MESSAGE-INTEGRITY only FINGERPRINT does.
 */
public final class StunMessage {
    /** More bytes than any check has. */
    public static final int MAX_BYTES = 2048;

    private static final int MAX_FIRST_BYTE = 3;
    private static final int ABSENT = 0;

    private final byte[] array;
    private final int offset;
    private final int length;
    private final StunAttributes attributes;

    private StunMessage(byte[] array, int offset, int length, StunAttributes attributes) {
        this.array = array;
        this.offset = offset;
        this.length = length;
        this.attributes = attributes;
    }

    /** Whether a datagram that begins with this byte is STUN, among DTLS, RTP and RTCP (RFC 7983). */
    public static boolean isStun(int firstByte) {
        return firstByte >= 0 && firstByte <= MAX_FIRST_BYTE;
    }

    /**
     * Our fragment in the USERNAME of a Binding request, or an empty text if this is none. Verifies nothing and keeps nothing:
     * for finding the session of a datagram from an unknown place.
     */
    public static String localUfragOf(ByteBuffer packet) {
        return StunPeek.localUfragOf(packet);
    }

    /** As {@link #localUfragOf(ByteBuffer)}. */
    public static String localUfragOf(byte[] data, int offset, int length) {
        return StunPeek.localUfragOf(ByteBuffer.wrap(data, offset, length));
    }

    /**
     * Reads a datagram.
     *
     * @throws MalformedException if it is not one whole STUN message, or an attribute of ours is of a wrong size
     */
    public static StunMessage parse(byte[] data, int offset, int length) throws MalformedException {
        return new StunMessage(data, offset, length, StunAttributes.scan(data, offset, length));
    }

    /** As {@link #parse(byte[], int, int)}; copies only what is not in a heap array. */
    public static StunMessage parse(ByteBuffer packet) throws MalformedException {
        int length = packet.remaining();
        if (packet.hasArray()) {
            return parse(packet.array(), packet.arrayOffset() + packet.position(), length);
        }
        if (length > MAX_BYTES) {
            throw new MalformedException("STUN message longer than " + MAX_BYTES + " bytes");
        }
        byte[] copy = new byte[length];
        packet.get(packet.position(), copy);
        return parse(copy, 0, length);
    }

    public StunClass messageClass() {
        return StunClass.ofType(type());
    }

    public boolean isBinding() {
        return (type() & StunBytes.METHOD_MASK) == StunBytes.BINDING;
    }

    public TransactionId transaction() {
        int at = offset + StunBytes.TRANSACTION_AT;
        return new TransactionId(StunBytes.readLong(array, at), StunBytes.readInt(array, at + Long.BYTES));
    }

    /** {@code receiver's fragment:sender's fragment} in a check. */
    public Optional<String> username() {
        return attributes.username == ABSENT
                ? Optional.empty()
                : Optional.of(
                        new String(array, attributes.username, attributes.usernameLength, StandardCharsets.UTF_8));
    }

    /** What the sender's end would be worth if it is new, 32 bits. */
    public OptionalLong priority() {
        return attributes.priority == ABSENT
                ? OptionalLong.empty()
                : OptionalLong.of(StunBytes.readInt(array, attributes.priority) & 0xFFFF_FFFFL);
    }

    /** Whether the sender nominates the path. */
    public boolean useCandidate() {
        return attributes.useCandidate;
    }

    /** The sender's tie-breaker, if it is controlled. */
    public OptionalLong iceControlled() {
        return tieBreaker(attributes.controlled);
    }

    /** The sender's tie-breaker, if it is controlling. */
    public OptionalLong iceControlling() {
        return tieBreaker(attributes.controlling);
    }

    /** Where the answering side saw the request come from: XOR-MAPPED-ADDRESS, else MAPPED-ADDRESS. */
    public Optional<InetSocketAddress> mappedAddress() {
        if (attributes.xorMapped != ABSENT) {
            return Optional.of(StunAddress.readXored(array, attributes.xorMapped, offset));
        }
        return attributes.mapped == ABSENT ? Optional.empty() : Optional.of(StunAddress.read(array, attributes.mapped));
    }

    /** 300 to 699 in an error answer. */
    public OptionalInt errorCode() {
        if (attributes.errorCode == ABSENT) {
            return OptionalInt.empty();
        }
        int hundreds = array[attributes.errorCode + 2] & 0x07;
        return OptionalInt.of(hundreds * 100 + (array[attributes.errorCode + 3] & 0xFF));
    }

    /** Types of attributes that must be understood and are not, in their order, at most 8. */
    public int[] unknownRequired() {
        return attributes.unknown.clone();
    }

    public boolean hasIntegrity() {
        return attributes.integrity != ABSENT;
    }

    public boolean hasFingerprint() {
        return attributes.fingerprint != ABSENT;
    }

    /** Whether there is a FINGERPRINT and it is right: this is STUN, and whole. */
    public boolean isFingerprintRight() {
        if (!hasFingerprint()) {
            return false;
        }
        int covered = attributes.fingerprint - StunBytes.ATTRIBUTE_HEADER_BYTES - offset;
        return StunBytes.readInt(array, attributes.fingerprint) == fingerprint(array, offset, covered);
    }

    static int fingerprint(byte[] array, int offset, int length) {
        CRC32 crc = new CRC32();
        crc.update(array, offset, length);
        return (int) crc.getValue() ^ StunBytes.FINGERPRINT_XOR;
    }

    byte[] array() {
        return array;
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }

    /** Where the bytes of MESSAGE-INTEGRITY stand in the array. */
    int integrityAt() {
        return attributes.integrity;
    }

    /** Whether USERNAME begins with {@code ufrag} and a colon; allocates nothing. */
    boolean isForUfrag(byte[] ufrag) {
        int at = attributes.username;
        if (at == ABSENT || attributes.usernameLength <= ufrag.length || array[at + ufrag.length] != ':') {
            return false;
        }
        for (int i = 0; i < ufrag.length; i++) {
            if (array[at + i] != ufrag[i]) {
                return false;
            }
        }
        return true;
    }

    private int type() {
        return StunBytes.readShort(array, offset);
    }

    private OptionalLong tieBreaker(int at) {
        return at == ABSENT ? OptionalLong.empty() : OptionalLong.of(StunBytes.readLong(array, at));
    }
}
