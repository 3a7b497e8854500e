package oriel.webrtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import oriel.base.MalformedException;

/** OpenSSL as the machine has it; {@code .ci/run} sees to it that it is there. */
@EnabledOnOs(OS.LINUX)
class LibCryptoGcmTest {
    private final PacketProtector protector = SrtpPacketProtector.gcm(SrtpVectors.rfc7714Keys(), true);

    @Test
    void works_onThisMachine() {
        assertThat(LibCrypto.version())
                .hasValueSatisfying(version -> assertThat(version).startsWith("OpenSSL 3."));
        assertThat(LibCryptoGcm.works()).isTrue();
    }

    @Test
    void protect_rfc7714_16_1_givesItsPacket() {
        assertThat(SrtpVectors.protect(protector, SrtpVectors.GALLIA, 12, 0xf17b))
                .isEqualTo(SrtpVectors.GALLIA_PROTECTED);
    }

    @Test
    void protect_anyLengthAndHeader_givesWhatTheJdkGives() {
        PacketProtector jdk = SrtpPacketProtector.gcm(SrtpVectors.rfc7714Keys(), false);
        for (int length = 0; length < 1300; length++) {
            byte[] plain = SrtpVectors.packet(length, 1, length);
            int header = 12 + Math.min(length, 4 * (length % 7));
            assertThat(SrtpVectors.protect(protector, plain, header, length))
                    .isEqualTo(SrtpVectors.protect(jdk, plain, header, length));
        }
    }

    @Test
    void protect_underTheIndexBefore_isRefused_unlessAnotherTrackHadIt() {
        SrtpVectors.protect(protector, SrtpVectors.packet(7, 1, 10), 12, 7);
        SrtpVectors.protect(protector, SrtpVectors.packet(7, 2, 10), 12, 7);

        assertThatThrownBy(() -> SrtpVectors.protect(protector, SrtpVectors.packet(7, 2, 10), 12, 7))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("7");
    }

    @Test
    void agrees_cipherThatEncryptsOtherwise_isNotTrusted() {
        RtpSeal right = new LibCryptoGcm(LibCryptoGcm.trialKeys());
        assertThat(LibCryptoGcm.agrees(right)).isTrue();
        assertThat(LibCryptoGcm.agrees((source, from, length, target, to, header, index) -> {
                    int whole = right.sealRtp(source, from, length, target, to, header, index);
                    target[whole - 1] ^= index == 99 ? 1 : 0;
                    return whole;
                }))
                .isFalse();
    }

    @Test
    void opens_cipherThatDecryptsOtherwise_isNotTrusted() {
        assertThat(LibCryptoGcm.opens(new LibCryptoGcm(LibCryptoGcm.trialKeys())))
                .isTrue();
        SessionKeys others = SrtpVectors.rfc7714Keys();
        assertThat(LibCryptoGcm.opens(new LibCryptoGcm(others))).isFalse();
    }

    @Test
    void rtcp_anyLength_isWhatTheJdkGivesAndTakes() throws Exception {
        SrtpTransform jdk = new GcmTransform(SrtpVectors.rfc7714Keys(), false);
        SrtpTransform ours = new LibCryptoGcm(SrtpVectors.rfc7714Keys());
        for (int length = 8; length < 300; length++) {
            byte[] plain = new byte[length];
            Arrays.fill(plain, (byte) length);
            byte[] theirs = new byte[5 + length + 20];
            byte[] wire = theirs.clone();
            assertThat(ours.sealRtcp(plain, 0, length, wire, 5, length))
                    .isEqualTo(jdk.sealRtcp(plain, 0, length, theirs, 5, length))
                    .isEqualTo(length + 20);
            assertThat(wire).isEqualTo(theirs);

            byte[] opened = new byte[wire.length];
            assertThat(ours.openRtcp(wire, 5, length + 20, SrtpTransform.ENCRYPTED_FLAG | length, opened, 3))
                    .isEqualTo(length);
            assertThat(Arrays.copyOfRange(opened, 3, 3 + length)).isEqualTo(plain);
            // In its place.
            assertThat(ours.openRtcp(wire, 5, length + 20, SrtpTransform.ENCRYPTED_FLAG | length, wire, 5))
                    .isEqualTo(length);
            assertThat(Arrays.copyOfRange(wire, 5, 5 + length)).isEqualTo(plain);
        }
    }

    @Test
    void openRtp_anyLength_takesWhatTheJdkGives() throws Exception {
        SrtpTransform jdk = new GcmTransform(SrtpVectors.rfc7714Keys(), false);
        SrtpTransform ours = new LibCryptoGcm(SrtpVectors.rfc7714Keys());
        for (int length = 12; length < 1300; length++) {
            byte[] plain = SrtpVectors.packet(length, 1, length - 12);
            byte[] wire = Arrays.copyOf(plain, length + 16);
            jdk.sealRtp(plain, 12, length - 12, wire, 0, 12, length);
            byte[] opened = new byte[length + 16];
            assertThat(ours.openRtp(wire, 0, length + 16, 12, length, opened, 0))
                    .isEqualTo(length);
            assertThat(Arrays.copyOf(opened, length)).isEqualTo(plain);
        }
    }

    @Test
    void open_anyBitOfAPacketTurned_isRefused_andTheNextIsTaken() throws Exception {
        SrtpTransform ours = new LibCryptoGcm(SrtpVectors.rfc7714Keys());
        byte[] plain = SrtpVectors.packet(7, 1, 28);
        byte[] wire = new byte[60];
        ours.sealRtcp(plain, 0, 40, wire, 0, 9);
        for (int bit = 0; bit < 56 * 8; bit++) {
            byte[] turned = wire.clone();
            turned[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> ours.openRtcp(turned, 0, 60, SrtpTransform.ENCRYPTED_FLAG | 9, new byte[60], 0))
                    .as("bit %d", bit)
                    .isInstanceOf(MalformedException.class);
        }
        assertThatThrownBy(() -> ours.openRtcp(wire, 0, 60, SrtpTransform.ENCRYPTED_FLAG | 8, new byte[60], 0))
                .isInstanceOf(MalformedException.class);
        assertThat(ours.openRtcp(wire, 0, 60, SrtpTransform.ENCRYPTED_FLAG | 9, new byte[60], 0))
                .isEqualTo(40);
    }

    // A machine without it looks the same as a JVM that may not load it.
    @Test
    void works_whereItCannotBeLoaded_isFalse_andTheJdkEncryptsAlone() throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--illegal-native-access=deny",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WithoutLibraryMain.class.getName())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .endsWith("false " + HexFormat.of().formatHex(SrtpVectors.GALLIA_PROTECTED) + System.lineSeparator());
        assertThat(child.waitFor()).isZero();
    }
}
