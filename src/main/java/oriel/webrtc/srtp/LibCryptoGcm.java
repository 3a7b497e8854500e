package oriel.webrtc.srtp;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.base.MalformedException;

/**
 * {@link AesGcm} by OpenSSL: faster than the JDK's, and where that leaves a kilobyte of garbage for each packet, it
 * leaves none. Belongs to one loop.
 */
final class LibCryptoGcm extends AesGcm {
    private static final Logger LOG = LoggerFactory.getLogger("webrtc");

    private static final int TRIALS = 100;
    private static final int TRIAL_HEADER = 20;
    private static final MemorySegment NOTHING = MemorySegment.ofArray(new byte[0]);

    /** Tried when it is first asked for. */
    private static final class Trial {
        private static final boolean PASSED = pass();

        private static boolean pass() {
            return LibCrypto.version()
                    .map(version -> {
                        LibCryptoGcm ours = new LibCryptoGcm(trialKeys());
                        boolean passed = agrees(ours) && opens(ours);
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
    private final MemorySegment iv;
    private final MemorySegment wordSegment = MemorySegment.ofArray(word);
    private byte[] lastTarget = new byte[0];
    private MemorySegment targetSegment = MemorySegment.ofArray(lastTarget);
    private long lastIndex = -1;
    private int lastSsrc;

    /** @throws IllegalStateException if there is no OpenSSL here */
    LibCryptoGcm(SessionKeys keys) {
        super(keys);
        context = LibCrypto.context(keys.encryptionKey());
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
            byte[] ours = new byte[TRIAL_HEADER + source.length + TAG_BYTES];
            byte[] theirs = ours.clone();
            int length = seal.sealRtp(source, 0, source.length, ours, 0, TRIAL_HEADER, i);
            if (length != jdk.sealRtp(source, 0, source.length, theirs, 0, TRIAL_HEADER, i)
                    || !Arrays.equals(ours, theirs)) {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code opener}, under the keys of the trial, takes what the JDK has encrypted, and nothing else. */
    static boolean opens(SrtpTransform opener) {
        SrtpTransform jdk = new GcmTransform(trialKeys(), false);
        byte[] plain = new byte[TRIAL_HEADER + TRIALS];
        byte[] wire = new byte[plain.length + TAG_BYTES + RTCP_WORD_BYTES];
        byte[] opened = new byte[wire.length];
        int length = jdk.sealRtcp(plain, 0, plain.length, wire, 0, 1);
        try {
            int openedBytes = opener.openRtcp(wire, 0, length, ENCRYPTED_FLAG | 1, opened, 0);
            if (!Arrays.equals(opened, 0, openedBytes, plain, 0, plain.length)) {
                return false;
            }
        } catch (MalformedException e) {
            return false;
        }
        wire[RTCP_HEADER_BYTES] ^= 1;
        try {
            opener.openRtcp(wire, 0, length, ENCRYPTED_FLAG | 1, opened, 0);
            return false;
        } catch (MalformedException e) {
            return true;
        }
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
                context, count, iv, NOTHING, source, sourceOffset, length, targetSegment, targetOffset, headerBytes)) {
            throw new IllegalStateException("OpenSSL refuses packet index " + index);
        }
        return headerBytes + length + TAG_BYTES;
    }

    @Override
    void sealRtcpText(byte[] source, int sourceOffset, int length, byte[] target, int targetOffset, int index) {
        MemorySegment whole = MemorySegment.ofArray(target);
        if (!LibCrypto.seal(
                context,
                count,
                iv,
                wordSegment,
                source,
                sourceOffset,
                length,
                whole,
                targetOffset,
                RTCP_HEADER_BYTES)) {
            throw new IllegalStateException("OpenSSL refuses RTCP index " + index);
        }
    }

    @Override
    boolean openText(
            byte[] source, int offset, int headerBytes, int length, boolean withWord, byte[] target, int targetOffset) {
        MemorySegment besides = withWord ? wordSegment : NOTHING;
        return LibCrypto.open(context, count, iv, besides, source, offset, headerBytes, length, target, targetOffset);
    }
}
