package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Inet6Address;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import oriel.peer.AddressFilter;
import oriel.peer.HostAddresses;
import oriel.testing.Proves;
import oriel.testing.Skipped;
import oriel.testing.TestOriel;
import oriel.testing.browser.BrowserPage;
import oriel.testing.browser.BrowserPlayer;
import oriel.testing.browser.BrowserPlayer.Door;
import oriel.testing.browser.BrowserScene;
import oriel.testing.camera.CameraMedia;
import oriel.testing.camera.DemoFootage;
import oriel.testing.camera.SimulatedCamera;
import oriel.worker.DemoRequest;

/** A real browser that has one way only: TCP, or IPv6. */
class WaysInChromiumIT extends BrowserScene {
    private static DemoFootage footage;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws IOException {
        footage = DemoFootage.of(DemoRequest.standard().sized(320, 180).paced(25, 50), 250);
    }

    static void requireIpv6() {
        boolean there = HostAddresses.read(AddressFilter.OPEN).announced().stream()
                .anyMatch(address -> address instanceof Inet6Address);
        if (!there) {
            throw Skipped.because("tests over IPv6", "this machine has no IPv6 address but loopback");
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    @Proves({"S-097", "S-124", "S-183"})
    void tcpOnly_plays(Door door) throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.of(footage.video(), footage.pcma()))
                        .start();
                TestOriel oriel = oriel(camera, "{webrtc: {listen: \":0/tcp\"}}");
                BrowserPage page = browser.page()) {
            BrowserPlayer player = BrowserPlayer.play(page, oriel.base(), "garden", door);
            player.awaitPicture();
            player.awaitDecoded(50);
            player.awaitSound();
            assertThat(selected(page)).startsWith("tcp ");
            assertThat(player.stats().packetsLost()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void ipv6Only_plays(Door door) throws Exception {
        requireIpv6();
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.of(footage.video(), footage.pcma()))
                        .start();
                TestOriel oriel = oriel(camera, "{webrtc: {listen: \":0\", filters: {networks: [udp6]}}}");
                BrowserPage page = browser.page()) {
            BrowserPlayer player = BrowserPlayer.play(page, oriel.base(), "garden", door);
            player.awaitPicture();
            player.awaitDecoded(50);
            assertThat(selected(page)).startsWith("udp ").contains(":");
            assertThat(player.stats().packetsLost()).isZero();
        }
    }

    private TestOriel oriel(SimulatedCamera camera, String webrtc) throws Exception {
        return TestOriel.start(folder, Watch.stream("garden", camera.url()), webrtc);
    }

    /** The remote end of the pair that carries it, as in {@code tcp 127.0.0.1}. */
    private static String selected(BrowserPage page) {
        return String.valueOf(page.evaluate("""
                async () => {
                  const report = await globalThis.orielPeers.at(-1).getStats();
                  let found = '';
                  report.forEach((entry) => {
                    if (entry.type === 'transport' && entry.selectedCandidatePairId) {
                      const remote = report.get(report.get(entry.selectedCandidatePairId).remoteCandidateId);
                      found = `${remote.protocol} ${remote.address}`;
                    }
                  });
                  return found;
                }"""));
    }
}
