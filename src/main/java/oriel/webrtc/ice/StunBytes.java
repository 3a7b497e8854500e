package oriel.webrtc.ice;

/** Where things stand in a STUN message (RFC 8489, 5 and 14), and numbers in network order. */
final class StunBytes {
    static final int HEADER_BYTES = 20;
    static final int LENGTH_AT = 2;
    static final int COOKIE_AT = 4;
    static final int TRANSACTION_AT = 8;
    static final int ATTRIBUTE_HEADER_BYTES = 4;

    static final int MAGIC_COOKIE = 0x2112_A442;
    static final int METHOD_MASK = 0x3EEF;
    static final int BINDING = 0x0001;

    static final int MAPPED_ADDRESS = 0x0001;
    static final int USERNAME = 0x0006;
    static final int MESSAGE_INTEGRITY = 0x0008;
    static final int ERROR_CODE = 0x0009;
    static final int UNKNOWN_ATTRIBUTES = 0x000A;
    static final int REALM = 0x0014;
    static final int NONCE = 0x0015;
    static final int XOR_MAPPED_ADDRESS = 0x0020;
    static final int PRIORITY = 0x0024;
    static final int USE_CANDIDATE = 0x0025;
    static final int FINGERPRINT = 0x8028;
    static final int ICE_CONTROLLED = 0x8029;
    static final int ICE_CONTROLLING = 0x802A;

    /** Attribute types below this must be understood. */
    static final int OPTIONAL_FROM = 0x8000;

    static final int INTEGRITY_BYTES = 20;
    static final int FINGERPRINT_BYTES = 4;
    static final int FINGERPRINT_XOR = 0x5354_554E;

    static final int IPV4 = 1;
    static final int IPV6 = 2;
    static final int IPV4_BYTES = 8;
    static final int IPV6_BYTES = 20;

    static final int MAX_USERNAME_BYTES = 513;

    private StunBytes() {}

    static int padded(int length) {
        return length + 3 & ~3;
    }

    static int readShort(byte[] array, int at) {
        return (array[at] & 0xFF) << 8 | (array[at + 1] & 0xFF);
    }

    static int readInt(byte[] array, int at) {
        return readShort(array, at) << 16 | readShort(array, at + 2);
    }

    static long readLong(byte[] array, int at) {
        return (long) readInt(array, at) << 32 | (readInt(array, at + 4) & 0xFFFF_FFFFL);
    }

    static void writeShort(byte[] array, int at, int value) {
        array[at] = (byte) (value >> 8);
        array[at + 1] = (byte) value;
    }

    static void writeInt(byte[] array, int at, int value) {
        writeShort(array, at, value >> 16);
        writeShort(array, at + 2, value);
    }

    static void writeLong(byte[] array, int at, long value) {
        writeInt(array, at, (int) (value >> 32));
        writeInt(array, at + 4, (int) value);
    }
}
