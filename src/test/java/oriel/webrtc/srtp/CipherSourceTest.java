package oriel.webrtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.Provider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Amazon's cipher provider, which an owner may put on the class path; here it has a class loader of its own. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64") // The build fetches it for this one.
class CipherSourceTest {
    private static final Path JAR = Path.of("target", "accp", "accp.jar");

    private static @Nullable URLClassLoader loader;
    private static CipherSource ciphers = CipherSource.JDK;

    @BeforeAll
    static void load() throws IOException {
        loader = new URLClassLoader(new URL[] {JAR.toUri().toURL()}, CipherSourceTest.class.getClassLoader());
        ciphers = CipherSource.detect(loader);
    }

    @AfterAll
    static void close() throws IOException {
        if (loader != null) {
            loader.close();
        }
    }

    @Test
    void detect_providerOnTheClassPath_isTaken() {
        assertThat(ciphers.provider().map(Provider::getName)).hasValue("AmazonCorrettoCryptoProvider");
    }

    @Test
    void detect_noProvider_isTheJdk() {
        assertThat(CipherSource.detect(CipherSourceTest.class.getClassLoader())).isEqualTo(CipherSource.JDK);
    }

    @Test
    void detect_providerThatDoesNotWork_isTheJdk() throws IOException {
        try (URLClassLoader broken = new URLClassLoader(new URL[0], null) {
            @Override
            protected Class<?> findClass(String name) {
                throw new UnsatisfiedLinkError("no native code for this machine");
            }
        }) {
            assertThat(CipherSource.detect(broken)).isEqualTo(CipherSource.JDK);
        }
    }

    @Test
    void protect_givesTheBytesOfRfc7714() {
        PacketProtector protector = new SrtpPacketProtector(SrtpVectors.rfc7714Keys(), ciphers);
        PacketProtector jdk = new SrtpPacketProtector(SrtpVectors.rfc7714Keys(), CipherSource.JDK);
        for (int index = 1; index < 100; index++) {
            byte[] plain = SrtpVectors.packet(index, 1, 11 * index);
            assertThat(SrtpVectors.protect(protector, plain, 12, index))
                    .isEqualTo(SrtpVectors.protect(jdk, plain, 12, index));
        }
    }

    @Test
    void resend_ofTheNewest_givesTheSameBytes_anyNumberOfTimes() {
        PacketProtector protector = new SrtpPacketProtector(SrtpVectors.rfc7714Keys(), ciphers);
        byte[] plain = SrtpVectors.packet(7, 1, 500);
        byte[] first = SrtpVectors.protect(protector, plain, 12, 7);
        for (int i = 0; i < 3; i++) {
            byte[] again = new byte[plain.length + protector.overheadBytes()];
            System.arraycopy(plain, 0, again, 0, 12);
            protector.resend(plain, 12, plain.length - 12, again, 0, 12, 7);
            assertThat(again).isEqualTo(first);
        }
    }

    @Test
    void protect_underTheIndexBefore_isRefused() {
        PacketProtector protector = new SrtpPacketProtector(SrtpVectors.rfc7714Keys(), ciphers);
        byte[] plain = SrtpVectors.packet(7, 1, 500);
        SrtpVectors.protect(protector, plain, 12, 7);
        assertThatThrownBy(() -> SrtpVectors.protect(protector, plain, 12, 7))
                .isInstanceOf(IllegalStateException.class);
    }
}
