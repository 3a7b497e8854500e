package oriel.webrtc.srtp;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * AES-128-GCM for outgoing RTP (RFC 7714) by OpenSSL: faster than the JDK's, and where that leaves a kilobyte of garbage for
 * each packet, it leaves none. Belongs to one loop.
 */
final class LibCryptoGcm implements RtpSeal {
    private static final Logger LOG = LoggerFactory.getLogger("webrtc");

    private static final int TRIALS = 100;
    private static final int TRIAL_HEADER = 20;

    /** Tried when it is first asked for. */
    private static final class Trial {
        private static final boolean PASSED = pass();

        private static boolean pass() {
            return LibCrypto.version()
                    .map(version -> {
                        boolean passed = agrees(new LibCryptoGcm(trialKeys()));
                        if (passed) {
                            LOG.debug("SRTP by {}", version);
                        } else {
                            LOG.warn("{} encrypts otherwise than Java, which goes on alone", version);
                        }
                        return passed;
                    })
                    .orElse(false);
        }
    }

    private final MemorySegment context;
    private final MemorySegment count = Arena.ofAuto().allocate(JAVA_INT);
    private final GcmNonce nonce;
    private final MemorySegment iv;
    private byte[] lastTarget = new byte[0];
    private MemorySegment targetSegment = MemorySegment.ofArray(lastTarget);
    private long lastIndex = -1;
    private int lastSsrc;

    /** @throws IllegalStateException if there is no OpenSSL here */
    LibCryptoGcm(SessionKeys keys) {
        context = LibCrypto.context(keys.encryptionKey());
        nonce = new GcmNonce(keys.salt());
        iv = MemorySegment.ofArray(nonce.bytes());
    }

    /** Whether this machine has an OpenSSL that does what the JDK does. The first to ask waits for it to load. */
    static boolean works() {
        return Trial.PASSED;
    }

    /** Whether {@code seal}, under the keys of the trial, encrypts as the JDK does. */
    static boolean agrees(RtpSeal seal) {
        RtpSeal jdk = new GcmTransform(trialKeys(), false);
        for (int i = 1; i <= TRIALS; i++) {
            byte[] source = new byte[i * 14];
            Arrays.fill(source, (byte) i);
            byte[] ours = new byte[TRIAL_HEADER + source.length + GcmTransform.TAG_BYTES];
            byte[] theirs = ours.clone();
            int length = seal.sealRtp(source, 0, source.length, ours, 0, TRIAL_HEADER, i);
            if (length != jdk.sealRtp(source, 0, source.length, theirs, 0, TRIAL_HEADER, i)
                    || !Arrays.equals(ours, theirs)) {
                return false;
            }
        }
        return true;
    }

    static SessionKeys trialKeys() {
        SrtpProfile gcm = SrtpProfile.AEAD_AES_128_GCM;
        return new SessionKeys(gcm, new byte[gcm.keyBytes()], new byte[0], new byte[gcm.saltBytes()]);
    }

    /** As {@link #sealRtp}, but not under the index of the packet before. */
    int sealNew(
            byte[] source, int sourceOffset, int length, byte[] target, int targetOffset, int headerBytes, long index) {
        int ssrc = SrtpTransform.readInt(target, targetOffset + RtpSeal.SSRC_AT);
        if (index == lastIndex && ssrc == lastSsrc) {
            throw new IllegalStateException("packet index " + index + " twice");
        }
        lastIndex = index;
        lastSsrc = ssrc;
        return sealRtp(source, sourceOffset, length, target, targetOffset, headerBytes, index);
    }

    @SuppressWarnings("ReferenceEquality") // Which array it is, whatever is in it.
    @Override
    public int sealRtp(
            byte[] source, int sourceOffset, int length, byte[] target, int targetOffset, int headerBytes, long index) {
        nonce.set(SrtpTransform.readInt(target, targetOffset + RtpSeal.SSRC_AT), index);
        if (target != lastTarget) { // It is the socket's, the same for as long as the viewer stays.
            lastTarget = target;
            targetSegment = MemorySegment.ofArray(target);
        }
        if (!LibCrypto.seal(
                context, count, iv, source, sourceOffset, length, targetSegment, targetOffset, headerBytes)) {
            throw new IllegalStateException("OpenSSL refuses packet index " + index);
        }
        return headerBytes + length + GcmTransform.TAG_BYTES;
    }
}
