package oriel.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oriel.testing.TestOriel;
import oriel.testing.browser.Browser;
import oriel.testing.impair.Impairment;
import oriel.testing.impair.UdpImpairer;

/** What the page says to who watches over a connection that is too slow. */
@Timeout(180)
class SlowWayPageIT {
    private static final double PATIENCE_MILLIS = 40_000;

    // Every way that the gateway names leads through the relay instead.
    private static final String DETOUR = """
            (() => {
              const peers = RTCPeerConnection.prototype;
              const set = peers.setRemoteDescription;
              peers.setRemoteDescription = function ({ type, sdp }) {
                const detour = sdp.replace(/^(a=candidate:\\S+ 1 udp \\d+ \\S+) \\d+ /gm, '$1 PORT ');
                return set.call(this, { type, sdp: detour });
              };
              peers.addIceCandidate = async () => {};
            })()""";

    @TempDir
    private Path folder;

    @Test
    void slowConnection_isSaidOverSinglePictures_andNoLongerWhenAllComeAgain() throws Exception {
        try (Browser browser = Browser.orSkip();
                TestOriel oriel = TestOriel.start(folder, "oriel: {demo: auto}");
                UdpImpairer network = UdpImpairer.before(
                        new InetSocketAddress(
                                InetAddress.getLoopbackAddress(),
                                oriel.gateway().webrtcPort().orElseThrow()),
                        1);
                PageUnderTest page = new PageUnderTest(browser, oriel.base() + "/", 1280, 800)) {
            page.raw()
                    .addInitScript(DETOUR.replace(
                            "PORT", Integer.toString(network.front().getPort())));
            page.go("#/camera/demo");
            page.awaitRisingNumber(page.player());
            Locator notice = page.player().locator(".notice");
            assertThat(notice).hasCount(0);

            network.impair(Impairment.NONE, Impairment.NONE.limited(250_000, 250_000));
            assertThat(notice)
                    .containsText(
                            "Your connection is too slow for this camera: showing single pictures.",
                            new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MILLIS));
            page.awaitRisingNumber(page.player());
            assertThat(page.openPeers()).isEqualTo(1);

            network.impair(Impairment.NONE, Impairment.NONE);
            assertThat(notice).hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE_MILLIS));
            page.awaitRisingNumber(page.player());
            page.assertClean();
        }
    }
}
