package oriel.webrtc.srtp;

import java.util.HexFormat;

/** Protects a packet of RFC 7714 on the ciphers it finds; prints whether OpenSSL's is among them, and the packet. */
final class WithoutLibraryMain {
    private WithoutLibraryMain() {}

    @SuppressWarnings("SystemOut") // The test reads it.
    public static void main(String[] words) {
        boolean found = LibCryptoGcm.works();
        PacketProtector protector = SrtpPacketProtector.gcm(SrtpVectors.rfc7714Keys(), found);
        byte[] packet = SrtpVectors.protect(protector, SrtpVectors.GALLIA, 12, 0xf17b);
        System.out.println(found + " " + HexFormat.of().formatHex(packet));
    }
}
