package oriel.webrtc.ice;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes one Binding message (RFC 8489, 5), attribute by attribute, then closes it once. At most 640 bytes. */
public final class StunBuilder {
    private static final int MAX_BYTES = 640;

    private final byte[] array = new byte[MAX_BYTES];
    private int end = StunBytes.HEADER_BYTES;

    public StunBuilder(StunClass messageClass, TransactionId transaction) {
        StunBytes.writeShort(array, 0, StunBytes.BINDING | messageClass.bits());
        StunBytes.writeInt(array, StunBytes.COOKIE_AT, StunBytes.MAGIC_COOKIE);
        StunBytes.writeLong(array, StunBytes.TRANSACTION_AT, transaction.first());
        StunBytes.writeInt(array, StunBytes.TRANSACTION_AT + Long.BYTES, transaction.last());
    }

    /** Whom a request is for and from: {@code receiver's fragment:sender's fragment}, at most 513 bytes. */
    public StunBuilder username(String username) {
        byte[] text = username.getBytes(StandardCharsets.UTF_8);
        if (text.length > StunBytes.MAX_USERNAME_BYTES) {
            throw new IllegalArgumentException("a USERNAME of " + text.length + " bytes");
        }
        System.arraycopy(text, 0, array, attribute(StunBytes.USERNAME, text.length), text.length);
        return this;
    }

    /** What our end would be worth if it is new, 32 bits. */
    public StunBuilder priority(long priority) {
        StunBytes.writeInt(array, attribute(StunBytes.PRIORITY, Integer.BYTES), (int) priority);
        return this;
    }

    /** Nominates the path. */
    public StunBuilder useCandidate() {
        attribute(StunBytes.USE_CANDIDATE, 0);
        return this;
    }

    /** Our role, and what settles a conflict about it. */
    public StunBuilder role(IceRole role, long tieBreaker) {
        int type = switch (role) {
            case CONTROLLED -> StunBytes.ICE_CONTROLLED;
            case CONTROLLING -> StunBytes.ICE_CONTROLLING;
        };
        StunBytes.writeLong(array, attribute(type, Long.BYTES), tieBreaker);
        return this;
    }

    /** Where a request came from. */
    public StunBuilder xorMappedAddress(InetSocketAddress address) {
        boolean ipv4 = address.getAddress().getAddress().length == 4;
        int value = attribute(StunBytes.XOR_MAPPED_ADDRESS, ipv4 ? StunBytes.IPV4_BYTES : StunBytes.IPV6_BYTES);
        StunAddress.writeXored(address, array, value);
        return this;
    }

    /** What is wrong with a request, 300 to 699, and a word for it of at most 64 bytes. */
    public StunBuilder errorCode(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        if (code < 300 || code > 699 || text.length > 64) {
            throw new IllegalArgumentException("error " + code + " with " + text.length + " bytes of reason");
        }
        int value = attribute(StunBytes.ERROR_CODE, Integer.BYTES + text.length);
        array[value + 2] = (byte) (code / 100);
        array[value + 3] = (byte) (code % 100);
        System.arraycopy(text, 0, array, value + Integer.BYTES, text.length);
        return this;
    }

    /** Attributes of a request that must be understood and are not, at most 8. */
    public StunBuilder unknownAttributes(int[] types) {
        int value = attribute(StunBytes.UNKNOWN_ATTRIBUTES, types.length * Short.BYTES);
        for (int i = 0; i < types.length; i++) {
            StunBytes.writeShort(array, value + i * Short.BYTES, types[i]);
        }
        return this;
    }

    /** Closes the message with MESSAGE-INTEGRITY and FINGERPRINT. */
    public byte[] build(StunIntegrity integrity) {
        int value = attribute(StunBytes.MESSAGE_INTEGRITY, StunBytes.INTEGRITY_BYTES);
        integrity.write(array, value);
        value = attribute(StunBytes.FINGERPRINT, StunBytes.FINGERPRINT_BYTES);
        int covered = value - StunBytes.ATTRIBUTE_HEADER_BYTES;
        StunBytes.writeShort(array, StunBytes.LENGTH_AT, end - StunBytes.HEADER_BYTES);
        StunBytes.writeInt(array, value, StunMessage.fingerprint(array, 0, covered));
        return Arrays.copyOf(array, end);
    }

    /** Closes the message as it is, for a STUN server. */
    public byte[] build() {
        StunBytes.writeShort(array, StunBytes.LENGTH_AT, end - StunBytes.HEADER_BYTES);
        return Arrays.copyOf(array, end);
    }

    private int attribute(int type, int size) {
        int value = end + StunBytes.ATTRIBUTE_HEADER_BYTES;
        int next = value + StunBytes.padded(size);
        if (next > MAX_BYTES) {
            throw new IllegalStateException("a STUN message of more than " + MAX_BYTES + " bytes");
        }
        StunBytes.writeShort(array, end, type);
        StunBytes.writeShort(array, end + 2, size);
        end = next;
        return value;
    }
}
