package oriel.webrtc.srtp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import oriel.base.MalformedException;

/** Whatever a peer sends as SRTP or SRTCP is opened or malformed; what opens was protected with our key. */
class SrtpFuzzTest {
    private static final int GENUINE_RTP_BYTES = SrtpVectors.GALLIA_PROTECTED.length;

    @FuzzTest
    void unprotect(byte[] data) {
        byte[] target = new byte[data.length];
        for (SrtpProfile profile : SrtpProfile.values()) {
            try {
                new PacketUnprotector(SrtpVectors.master(profile)).unprotect(data, 0, data.length, target, 0);
                throw new AssertionError("forged: " + profile);
            } catch (MalformedException e) {
                // as it should be
            }
        }
    }

    @FuzzTest
    void unprotectRtcp(byte[] data) {
        byte[] target = new byte[data.length];
        for (SrtpProfile profile : SrtpProfile.values()) {
            try {
                new RtcpUnprotector(SrtpVectors.master(profile)).unprotect(data, 0, data.length, target, 0);
                throw new AssertionError("forged: " + profile);
            } catch (MalformedException e) {
                // as it should be
            }
        }
    }

    @FuzzTest
    void unprotectGenuineKey(byte[] data) {
        byte[] target = new byte[data.length];
        PacketUnprotector unprotector = new PacketUnprotector(SrtpVectors.rfc7714Keys());
        try {
            int length = unprotector.unprotect(data, 0, data.length, target, 0);
            if (data.length == GENUINE_RTP_BYTES && !Arrays.equals(SrtpVectors.GALLIA, Arrays.copyOf(target, length))) {
                throw new AssertionError("opened to something else");
            }
        } catch (MalformedException e) {
            // as it should be
        }
    }
}
