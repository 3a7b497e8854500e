package oriel.webrtc.ice;

import java.util.Arrays;
import java.util.Objects;
import oriel.base.MalformedException;

/** Where the attributes of one message stand: offsets of their values in its array, 0 for those that are not there. */
final class StunAttributes {
    private static final int MAX_UNKNOWN = 8;
    private static final int[] NONE = {};

    int username;
    int usernameLength;
    int priority;
    boolean useCandidate;
    int controlled;
    int controlling;
    int mapped;
    int xorMapped;
    int errorCode;
    int integrity;
    int fingerprint;
    int[] unknown = NONE;

    private StunAttributes() {}

    static StunAttributes scan(byte[] data, int offset, int length) throws MalformedException {
        Objects.checkFromIndexSize(offset, length, data.length);
        if (length < StunBytes.HEADER_BYTES || !StunMessage.isStun(data[offset])) {
            throw new MalformedException("not a STUN message");
        }
        if (length > StunMessage.MAX_BYTES) {
            throw new MalformedException("STUN message longer than " + StunMessage.MAX_BYTES + " bytes");
        }
        if (StunBytes.readInt(data, offset + StunBytes.COOKIE_AT) != StunBytes.MAGIC_COOKIE) {
            throw new MalformedException("STUN message without the magic cookie");
        }
        int declared = StunBytes.readShort(data, offset + StunBytes.LENGTH_AT);
        if (declared % 4 != 0 || declared != length - StunBytes.HEADER_BYTES) {
            throw new MalformedException("STUN message of another length than it says");
        }
        StunAttributes attributes = new StunAttributes();
        attributes.scan(data, offset + StunBytes.HEADER_BYTES, offset + length, offset);
        return attributes;
    }

    private void scan(byte[] data, int from, int end, int start) throws MalformedException {
        int at = from;
        while (at < end) {
            if (fingerprint != 0) {
                throw new MalformedException("STUN attribute behind FINGERPRINT");
            }
            int type = StunBytes.readShort(data, at);
            int size = StunBytes.readShort(data, at + 2);
            int value = at + StunBytes.ATTRIBUTE_HEADER_BYTES;
            if (size > end - value) {
                throw new MalformedException("STUN attribute beyond the end");
            }
            if (integrity == 0 || type == StunBytes.FINGERPRINT) {
                note(type, size, value, data, start);
            }
            at = value + StunBytes.padded(size);
        }
    }

    private void note(int type, int size, int value, byte[] data, int start) throws MalformedException {
        switch (type) {
            case StunBytes.USERNAME -> {
                atMost(size, StunBytes.MAX_USERNAME_BYTES);
                if (username == 0) {
                    username = value;
                    usernameLength = size;
                }
            }
            case StunBytes.PRIORITY -> priority = first(priority, value, size, Integer.BYTES);
            case StunBytes.USE_CANDIDATE -> {
                exactly(size, 0);
                useCandidate = true;
            }
            case StunBytes.ICE_CONTROLLED -> controlled = first(controlled, value, size, Long.BYTES);
            case StunBytes.ICE_CONTROLLING -> controlling = first(controlling, value, size, Long.BYTES);
            case StunBytes.MAPPED_ADDRESS -> mapped = first(mapped, value, size, addressBytes(data, value, size));
            case StunBytes.XOR_MAPPED_ADDRESS ->
                xorMapped = first(xorMapped, value, size, addressBytes(data, value, size));
            case StunBytes.ERROR_CODE -> errorCode = first(errorCode, value, size, Math.max(size, Integer.BYTES));
            case StunBytes.MESSAGE_INTEGRITY -> integrity = first(integrity, value, size, StunBytes.INTEGRITY_BYTES);
            case StunBytes.FINGERPRINT -> fingerprint = first(fingerprint, value, size, StunBytes.FINGERPRINT_BYTES);
            case StunBytes.UNKNOWN_ATTRIBUTES, StunBytes.REALM, StunBytes.NONCE -> atMost(size, data.length - start);
            default -> noteUnknown(type);
        }
    }

    private void noteUnknown(int type) {
        if (type < StunBytes.OPTIONAL_FROM && unknown.length < MAX_UNKNOWN) {
            unknown = Arrays.copyOf(unknown, unknown.length + 1);
            unknown[unknown.length - 1] = type;
        }
    }

    private static int first(int earlier, int value, int size, int expected) throws MalformedException {
        exactly(size, expected);
        return earlier == 0 ? value : earlier;
    }

    private static int addressBytes(byte[] data, int value, int size) {
        if (size < 2) {
            return StunBytes.IPV4_BYTES;
        }
        return switch (data[value + 1]) {
            case StunBytes.IPV4 -> StunBytes.IPV4_BYTES;
            case StunBytes.IPV6 -> StunBytes.IPV6_BYTES;
            default -> -1;
        };
    }

    private static void exactly(int size, int expected) throws MalformedException {
        if (size != expected) {
            throw new MalformedException("STUN attribute of a wrong size");
        }
    }

    private static void atMost(int size, int limit) throws MalformedException {
        if (size > limit) {
            throw new MalformedException("STUN attribute of a wrong size");
        }
    }
}
