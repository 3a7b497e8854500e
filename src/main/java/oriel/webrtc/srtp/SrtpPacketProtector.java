package oriel.webrtc.srtp;

import java.util.Objects;

/** A {@link PacketProtector} with one way for what is new and one for what goes out again. */
final class SrtpPacketProtector implements PacketProtector {
    private static final int MIN_HEADER_BYTES = 12;

    private final RtpSeal fresh;
    private final RtpSeal again;
    private final int overheadBytes;

    private SrtpPacketProtector(SrtpProfile profile, RtpSeal fresh, RtpSeal again) {
        this.fresh = fresh;
        this.again = again;
        this.overheadBytes = profile.tagBytes();
    }

    /** @param openSsl by OpenSSL, else by the JDK */
    static SrtpPacketProtector gcm(SessionKeys keys, boolean openSsl) {
        if (!openSsl) {
            return new SrtpPacketProtector(keys.profile(), new GcmTransform(keys, false), new GcmTransform(keys, true));
        }
        LibCryptoGcm seal = new LibCryptoGcm(keys);
        return new SrtpPacketProtector(keys.profile(), seal::sealNew, seal);
    }

    static SrtpPacketProtector counterMode(SessionKeys keys) {
        RtpSeal seal = new CounterModeTransform(keys);
        return new SrtpPacketProtector(keys.profile(), seal, seal);
    }

    @Override
    public int protect(
            byte[] source,
            int sourceOffset,
            int payloadLength,
            byte[] target,
            int targetOffset,
            int headerBytes,
            long index) {
        check(source, sourceOffset, payloadLength, target, targetOffset, headerBytes, index);
        return fresh.sealRtp(source, sourceOffset, payloadLength, target, targetOffset, headerBytes, index);
    }

    @Override
    public int resend(
            byte[] source,
            int sourceOffset,
            int payloadLength,
            byte[] target,
            int targetOffset,
            int headerBytes,
            long index) {
        check(source, sourceOffset, payloadLength, target, targetOffset, headerBytes, index);
        return again.sealRtp(source, sourceOffset, payloadLength, target, targetOffset, headerBytes, index);
    }

    @Override
    public int overheadBytes() {
        return overheadBytes;
    }

    private void check(
            byte[] source, int sourceOffset, int length, byte[] target, int targetOffset, int headerBytes, long index) {
        Objects.checkFromIndexSize(sourceOffset, length, source.length);
        Objects.checkFromIndexSize(targetOffset, headerBytes + length + overheadBytes, target.length);
        if (headerBytes < MIN_HEADER_BYTES) {
            throw new IllegalArgumentException("an RTP header of " + headerBytes + " bytes");
        }
        if (index < 0 || index > MAX_INDEX) {
            throw new IllegalArgumentException("packet index " + index + " is beyond 48 bits");
        }
    }
}
