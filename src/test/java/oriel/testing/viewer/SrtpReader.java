package oriel.testing.viewer;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Opens SRTP and SRTCP and closes SRTCP, AES-128-GCM (RFC 7714) or counter mode with HMAC-SHA1-80 (RFC 3711), written for
 * tests and slow. Headers have no sources beside the sender, as ours have none. Belongs to one thread.
 */
public final class SrtpReader {
    public static final int GCM = 7;
    public static final int CM_SHA1_80 = 1;

    private static final int HEADER = 12;

    private final boolean gcm;
    private final Keys theirRtp;
    private final Keys theirRtcp;
    private final Keys ourRtcp;
    private final Map<Integer, Long> highest = new HashMap<>();
    private int rtcpIndex;

    /** @param keys client key, server key, client salt, server salt (RFC 5764, 4.2); we are the client */
    public SrtpReader(int profile, byte[] keys) {
        gcm = profile == GCM;
        int salt = gcm ? 12 : 14;
        byte[] clientKey = Arrays.copyOfRange(keys, 0, 16);
        byte[] serverKey = Arrays.copyOfRange(keys, 16, 32);
        byte[] clientSalt = Arrays.copyOfRange(keys, 32, 32 + salt);
        byte[] serverSalt = Arrays.copyOfRange(keys, 32 + salt, 32 + 2 * salt);
        theirRtp = Keys.derive(serverKey, serverSalt, 0);
        theirRtcp = Keys.derive(serverKey, serverSalt, 3);
        ourRtcp = Keys.derive(clientKey, clientSalt, 3);
    }

    private record Keys(byte[] encryption, byte[] authentication, byte[] salt) {
        static Keys derive(byte[] master, byte[] salt, int firstLabel) {
            return new Keys(
                    key(master, salt, firstLabel, 16),
                    key(master, salt, firstLabel + 1, 20),
                    key(master, salt, firstLabel + 2, salt.length));
        }

        // RFC 3711, 4.3.1: key_id is the label at byte 7 of the salt's 14, as the counter's upper 112 bits.
        private static byte[] key(byte[] master, byte[] salt, int label, int length) {
            byte[] counter = Arrays.copyOf(salt, 16);
            counter[7] ^= (byte) label;
            return counterMode(master, counter, new byte[length], 0, length);
        }
    }

    /**
     * The packet in clear, header included.
     *
     * @throws GeneralSecurityException if it was not made with our keys
     */
    public byte[] openRtp(byte[] packet) throws GeneralSecurityException {
        ByteBuffer view = ByteBuffer.wrap(packet);
        int ssrc = view.getInt(8);
        long index = index(ssrc, view.getShort(2) & 0xFFFF);
        byte[] clear = gcm ? openRtpGcm(packet, ssrc, index) : openRtpCm(packet, ssrc, index);
        highest.merge(ssrc, index, Math::max);
        return clear;
    }

    private long index(int ssrc, int sequence) {
        Long before = highest.get(ssrc);
        if (before == null) {
            return sequence;
        }
        long near = (before & ~0xFFFFL) | sequence;
        if (near - before > 0x8000 && near > 0xFFFF) {
            near -= 0x10000;
        } else if (before - near > 0x8000) {
            near += 0x10000;
        }
        return near;
    }

    private byte[] openRtpGcm(byte[] packet, int ssrc, long index) throws GeneralSecurityException {
        ByteBuffer iv = ByteBuffer.allocate(12).putShort((short) 0).putInt(ssrc);
        iv.putShort((short) (index >> 32)).putInt((int) index);
        byte[] body = gcm(
                Cipher.DECRYPT_MODE,
                theirRtp,
                iv.array(),
                Arrays.copyOf(packet, header(packet)),
                Arrays.copyOfRange(packet, header(packet), packet.length));
        return join(Arrays.copyOf(packet, header(packet)), body);
    }

    private byte[] openRtpCm(byte[] packet, int ssrc, long index) throws GeneralSecurityException {
        int end = packet.length - 10;
        byte[] covered = ByteBuffer.allocate(end + 4)
                .put(packet, 0, end)
                .putInt((int) (index >> 16))
                .array();
        verify(theirRtp, covered, packet, end);
        byte[] counter = counter(theirRtp, ssrc, index);
        int header = header(packet);
        byte[] body = counterMode(theirRtp.encryption, counter, packet, header, end - header);
        return join(Arrays.copyOf(packet, header), body);
    }

    // With its extension, if it has one.
    static int header(byte[] packet) {
        return (packet[0] & 0x10) == 0
                ? HEADER
                : HEADER + 4 + 4 * (ByteBuffer.wrap(packet).getShort(HEADER + 2) & 0xFFFF);
    }

    /** The compound packet in clear. */
    public byte[] openRtcp(byte[] packet) throws GeneralSecurityException {
        ByteBuffer view = ByteBuffer.wrap(packet);
        int ssrc = view.getInt(4);
        byte[] head = Arrays.copyOf(packet, 8);
        if (gcm) {
            int word = view.getInt(packet.length - 4);
            byte[] sealed = Arrays.copyOfRange(packet, 8, packet.length - 4);
            byte[] aad = ByteBuffer.allocate(12).put(head).putInt(word).array();
            return join(head, gcm(Cipher.DECRYPT_MODE, theirRtcp, rtcpIv(ssrc, word & 0x7FFF_FFFF), aad, sealed));
        }
        int end = packet.length - 10;
        verify(theirRtcp, Arrays.copyOf(packet, end), packet, end);
        int index = view.getInt(end - 4) & 0x7FFF_FFFF;
        byte[] counter = counter(theirRtcp, ssrc, index);
        return join(head, counterMode(theirRtcp.encryption, counter, packet, 8, end - 4 - 8));
    }

    /** Protects a compound packet of ours. */
    public byte[] closeRtcp(byte[] clear) throws GeneralSecurityException {
        int ssrc = ByteBuffer.wrap(clear).getInt(4);
        int index = rtcpIndex++;
        byte[] head = Arrays.copyOf(clear, 8);
        byte[] word = ByteBuffer.allocate(4).putInt(index | 0x8000_0000).array();
        if (gcm) {
            byte[] body = Arrays.copyOfRange(clear, 8, clear.length);
            return join(head, gcm(Cipher.ENCRYPT_MODE, ourRtcp, rtcpIv(ssrc, index), join(head, word), body), word);
        }
        byte[] body = counterMode(ourRtcp.encryption, counter(ourRtcp, ssrc, index), clear, 8, clear.length - 8);
        byte[] covered = join(head, body, word);
        return join(covered, mac(ourRtcp, covered));
    }

    private static byte[] rtcpIv(int ssrc, int index) {
        return ByteBuffer.allocate(12)
                .putShort((short) 0)
                .putInt(ssrc)
                .putShort((short) 0)
                .putInt(index)
                .array();
    }

    private static byte[] gcm(int mode, Keys keys, byte[] plainIv, byte[] aad, byte[] body)
            throws GeneralSecurityException {
        byte[] iv = plainIv.clone();
        for (int i = 0; i < 12; i++) {
            iv[i] ^= keys.salt[i];
        }
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(keys.encryption, "AES"), new GCMParameterSpec(128, iv));
        cipher.updateAAD(aad);
        return cipher.doFinal(body);
    }

    // RFC 3711, 4.1.1: (salt * 2^16) XOR (SSRC * 2^64) XOR (index * 2^16)
    private static byte[] counter(Keys keys, int ssrc, long index) {
        ByteBuffer counter = ByteBuffer.allocate(16).put(keys.salt);
        counter.putInt(4, counter.getInt(4) ^ ssrc);
        counter.putLong(8, counter.getLong(8) ^ index << 16);
        return counter.array();
    }

    private static byte[] counterMode(byte[] key, byte[] counter, byte[] source, int offset, int length) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(counter));
            return cipher.doFinal(source, offset, length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void verify(Keys keys, byte[] covered, byte[] packet, int tagAt) throws GeneralSecurityException {
        if (!Arrays.equals(mac(keys, covered), Arrays.copyOfRange(packet, tagAt, packet.length))) {
            throw new GeneralSecurityException("wrong tag");
        }
    }

    private static byte[] mac(Keys keys, byte[] covered) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(keys.authentication, "HmacSHA1"));
        return Arrays.copyOf(mac.doFinal(covered), 10);
    }

    private static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }
}
