package oriel.webrtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

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
