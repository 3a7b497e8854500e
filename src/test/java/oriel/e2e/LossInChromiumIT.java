package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import oriel.testing.browser.Browser;
import oriel.testing.browser.BrowserPage;
import oriel.testing.browser.BrowserPlayer;
import oriel.testing.browser.PeerStats;
import oriel.testing.impair.Impairment;
import oriel.testing.impair.UdpImpairer;

/** A real browser goes on playing over bad networks. */
class LossInChromiumIT extends BadNetworkScene {
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.orSkip();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest
    @EnumSource(BadNetworks.class)
    void badNetwork_playingGoesOn_andBehindItNothingIsMissing(BadNetworks bad) throws Exception {
        try (UdpImpairer network = network();
                BrowserPage page = browser.page()) {
            BrowserPlayer player = BrowserPlayer.playThrough(network.front().getPort(), page, oriel.base(), "door");
            player.awaitPicture();
            player.awaitDecoded(SECOND);
            PeerStats before = player.stats();
            long began = System.nanoTime();
            network.impair(Impairment.NONE, bad.impairment());
            player.awaitDecoded(6L * SECOND);
            PeerStats during = player.stats();
            bad.print(
                    "Chromium",
                    began,
                    during.framesDecoded() - before.framesDecoded(),
                    during.frozenSeconds() - before.frozenSeconds(),
                    List.of(
                            network.lost() + " packets lost on the way",
                            during.nacksSent() - before.nacksSent() + " NACKs",
                            during.repeated() - before.repeated() + " repeated",
                            during.plisSent() - before.plisSent() + " key frames asked for"));

            network.impair(Impairment.NONE, Impairment.NONE);
            player.awaitDecoded(2L * SECOND);
            PeerStats healed = player.stats();
            player.awaitDecoded(2L * SECOND);
            assertThat(player.stats().packetsLost()).isLessThanOrEqualTo(healed.packetsLost());
            assertThat(player.stats().plisSent()).isEqualTo(healed.plisSent());
            assertThat(player.stats().connectionState()).isEqualTo("connected");
            player.stop();
        }
    }
}
