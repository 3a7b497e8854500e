package oriel.bench;

import java.security.GeneralSecurityException;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import oriel.webrtc.srtp.MasterKey;
import oriel.webrtc.srtp.PacketProtector;
import oriel.webrtc.srtp.SrtpProfile;

/** One packet of 1200 bytes protected by us, beside the calls of the JDK that its bytes need at least. */
@State(Scope.Thread)
public class SrtpBench {
    private static final int HEADER = 12;
    private static final int PAYLOAD = 1188;
    private static final int TAG_BITS = 128;

    private final byte[] source = new byte[HEADER + PAYLOAD];
    private final byte[] target = new byte[HEADER + PAYLOAD + 20];
    private final byte[] gcmIv = new byte[12];
    private final byte[] counterIv = new byte[16];
    private final SecretKeySpec key = new SecretKeySpec(new byte[16], "AES");
    private final PacketProtector gcm = PacketProtector.of(master(SrtpProfile.AEAD_AES_128_GCM));
    private final PacketProtector counter = PacketProtector.of(master(SrtpProfile.AES_CM_128_HMAC_SHA1_80));
    private final Cipher bareGcm;
    private final Cipher bareCounter;
    private final Mac bareMac;
    private long index;

    public SrtpBench() {
        new Random(1).nextBytes(source);
        try {
            bareGcm = Cipher.getInstance("AES/GCM/NoPadding");
            bareCounter = Cipher.getInstance("AES/CTR/NoPadding");
            bareMac = Mac.getInstance("HmacSHA1");
            bareMac.init(new SecretKeySpec(new byte[20], "HmacSHA1"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MasterKey master(SrtpProfile profile) {
        return MasterKey.of(profile, new byte[profile.keyBytes()], new byte[profile.saltBytes()]);
    }

    @Benchmark
    public int gcm() {
        return gcm.protect(source, HEADER, PAYLOAD, target, 0, HEADER, index++);
    }

    @Benchmark
    public int gcmBare() throws GeneralSecurityException {
        count(gcmIv);
        bareGcm.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, gcmIv));
        bareGcm.updateAAD(target, 0, HEADER);
        return bareGcm.doFinal(source, HEADER, PAYLOAD, target, HEADER);
    }

    @Benchmark
    public int counterMode() {
        return counter.protect(source, HEADER, PAYLOAD, target, 0, HEADER, index++);
    }

    @Benchmark
    public int counterModeBare() throws GeneralSecurityException {
        count(counterIv);
        bareCounter.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counterIv));
        int length = bareCounter.doFinal(source, HEADER, PAYLOAD, target, HEADER);
        bareMac.update(target, 0, HEADER + length);
        bareMac.doFinal(target, HEADER + length);
        return length;
    }

    // The JDK refuses the same IV twice running.
    private void count(byte[] iv) {
        index++;
        for (int i = 0; i < 6; i++) {
            iv[iv.length - 3 - i] = (byte) (index >> 8 * i);
        }
    }
}
