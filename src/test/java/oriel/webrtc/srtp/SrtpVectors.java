package oriel.webrtc.srtp;

import java.util.HexFormat;

/** Known answers, and the little that tests of SRTP share. */
final class SrtpVectors {
    /** RFC 3711, B.3, and the same without its last two bytes for GCM. */
    static final byte[] MASTER_KEY = hex("E1F97A0D3E018BE0D64FA32C06DE4139");

    static final byte[] MASTER_SALT = hex("0EC675AD498AFEEBB6960B3AABE6");

    /** RFC 7714, 16: the session key and salt of all its vectors. */
    static final byte[] GCM_KEY = hex("000102030405060708090a0b0c0d0e0f");

    static final byte[] GCM_SALT = hex("51756964 2070726f 2071756f");

    /** RFC 7714, 16: "Gallia est omnis divisa in partes tres" under sequence f17b, SSRC 5501a0b2. */
    static final byte[] GALLIA = hex("8040f17b 8041f8d3 5501a0b2"
            + "47616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573");

    /** RFC 7714, 16.1.1. */
    static final byte[] GALLIA_PROTECTED = hex("8040f17b 8041f8d3 5501a0b2"
            + "f24de3a3 fb34de6c acba861c 9d7e4bca be633bd5 0d294e6f 42a5f47a 51c7d19b 36de3adf 8833"
            + "899d7f27 beb16a91 52cf765e e4390cce");

    /** RFC 7714, 17: a sender report of SSRC "Mars". */
    static final byte[] MARS = hex("81c8000d 4d617273"
            + "4e545031 4e545032 52545020 0000042a 0000e930 4c756e61 deadbeef deadbeef deadbeef deadbeef deadbeef");

    /** The index of all vectors of RFC 7714, 17. */
    static final int MARS_INDEX = 0x5d4;

    /** RFC 7714, 17.1. */
    static final byte[] MARS_PROTECTED = hex("81c8000d 4d617273"
            + "63e94885 dcdab67c a727d766 2f6b7e99 7ff5c0f7 6c06f32d c676a5f1 730d6fda 4ce09b46 86303ded 0bb9275b"
            + "c84aa458 96cf4d2f c5abf872 45d9eade 800005d4");

    /** RFC 7714, 17.3: authenticated, not encrypted. */
    static final byte[] MARS_TAGGED = hex("81c8000d 4d617273"
            + "4e545031 4e545032 52545020 0000042a 0000e930 4c756e61 deadbeef deadbeef deadbeef deadbeef deadbeef"
            + "841dd968 3dd78ec9 2ae58790 125f62b3 000005d4");

    /** What libsrtp 2.5's own test protects: sequence 1234, SSRC cafebabe. */
    static final byte[] PLAIN = hex("800f1234 decafbad cafebabe abababababababababababababababab");

    /** With two CSRCs, an extension of one word, and the padding bit; sequence 1235. */
    static final byte[] PLAIN_EXTENDED = hex("b2e01235 decafbad cafebabe 01020304 05060708 bede0001 10aa0000"
            + "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd");

    static final int PLAIN_EXTENDED_HEADER = 28;

    static final byte[] PLAIN_RTCP = hex("81c8000b cafebabe abababababababababababababababab");

    private SrtpVectors() {}

    static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    static MasterKey master(SrtpProfile profile) {
        byte[] salt = new byte[profile.saltBytes()];
        System.arraycopy(MASTER_SALT, 0, salt, 0, salt.length);
        return MasterKey.of(profile, MASTER_KEY, salt);
    }

    static SessionKeys rfc7714Keys() {
        return new SessionKeys(SrtpProfile.AEAD_AES_128_GCM, GCM_KEY, new byte[0], GCM_SALT);
    }

    /** Protects a whole plain packet with a header of {@code headerBytes}. */
    static byte[] protect(PacketProtector protector, byte[] plain, int headerBytes, long index) {
        byte[] target = new byte[plain.length + protector.overheadBytes()];
        System.arraycopy(plain, 0, target, 0, headerBytes);
        int length = protector.protect(plain, headerBytes, plain.length - headerBytes, target, 0, headerBytes, index);
        if (length != target.length) {
            throw new AssertionError(length + " bytes instead of " + target.length);
        }
        return target;
    }

    /** A plain packet of {@code payload} bytes with this sequence number and SSRC. */
    static byte[] packet(int sequence, int ssrc, int payload) {
        byte[] plain = new byte[12 + payload];
        plain[0] = (byte) 0x80;
        plain[1] = 96;
        plain[2] = (byte) (sequence >> 8);
        plain[3] = (byte) sequence;
        SrtpTransform.writeInt(plain, 8, ssrc);
        for (int i = 12; i < plain.length; i++) {
            plain[i] = (byte) (sequence + i);
        }
        return plain;
    }
}
