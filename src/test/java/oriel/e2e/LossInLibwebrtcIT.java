package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import oriel.base.JsonObject;
import oriel.testing.impair.Impairment;
import oriel.testing.impair.UdpImpairer;
import oriel.testing.viewer.LibwebrtcStats;
import oriel.testing.viewer.LibwebrtcViewer;
import oriel.testing.viewer.ViewerDoors;

/** The engine of browsers and apps goes on playing over bad networks, and is spared what a slow one cannot carry. */
class LossInLibwebrtcIT extends BadNetworkScene {
    private LibwebrtcViewer watch(UdpImpairer network) throws Exception {
        LibwebrtcViewer viewer = LibwebrtcViewer.open(false);
        String offer = UdpImpairer.withoutCandidates(viewer.offer());
        viewer.answer(network.rewrite(ViewerDoors.json(oriel.base(), "door", offer)));
        return viewer;
    }

    @ParameterizedTest
    @EnumSource(BadNetworks.class)
    void badNetwork_playingGoesOn_andBehindItNothingIsMissing(BadNetworks bad) throws Exception {
        try (UdpImpairer network = network();
                LibwebrtcViewer viewer = watch(network)) {
            viewer.awaitPictures(SECOND);
            LibwebrtcStats before = viewer.stats();
            long began = System.nanoTime();
            network.impair(Impairment.NONE, bad.impairment());
            viewer.awaitPictures(viewer.pictures() + 6 * SECOND);
            LibwebrtcStats during = viewer.stats();
            bad.print(
                    "libwebrtc",
                    began,
                    during.framesDecoded() - before.framesDecoded(),
                    during.frozenSeconds() - before.frozenSeconds(),
                    List.of(
                            network.lost() + " packets lost on the way",
                            during.nackCount() - before.nackCount() + " NACKs",
                            during.repeated() - before.repeated() + " repeated",
                            during.pliCount() - before.pliCount() + " key frames asked for"));
            if (network.lost() > 0) {
                assertThat(during.repeated()).isPositive();
            }

            network.impair(Impairment.NONE, Impairment.NONE);
            viewer.awaitPictures(viewer.pictures() + 2 * SECOND);
            LibwebrtcStats healed = viewer.stats();
            viewer.awaitPictures(viewer.pictures() + 2 * SECOND);
            assertThat(viewer.stats().packetsLost()).isLessThanOrEqualTo(healed.packetsLost());
            assertThat(viewer.stats().pliCount()).isEqualTo(healed.pliCount());
            JsonObject consumer = Watch.first(oriel.stream("door"), "consumers");
            assertThat(consumer.string("state")).contains("live");
            assertThat(consumer.member("rtt_ms")).isPresent();
            assertThat(consumer.member("loss")).isPresent();
        }
    }

    @Test
    void slowNetwork_singlePictures_andAllOfThemWhenItIsFastAgain_whileAnotherViewerNoticesNothing() throws Exception {
        try (UdpImpairer network = network();
                UdpImpairer good = network();
                LibwebrtcViewer other = watch(good);
                LibwebrtcViewer viewer = watch(network)) {
            viewer.awaitPictures(SECOND);
            LibwebrtcStats others = other.stats();
            // About a quarter of what the pictures need, before a queue of seconds.
            network.impair(Impairment.NONE, Impairment.NONE.limited(200_000, 200_000));
            JsonObject slow = oriel.awaitStream("door", stream -> hasState(stream, "key-frames"));
            assertThat(Watch.items(slow, "consumers").items().toString()).contains("single pictures");
            long single = viewer.pictures();
            viewer.awaitPictures(single + 2);
            network.impair(Impairment.NONE, Impairment.NONE);
            oriel.awaitStream("door", stream -> !hasState(stream, "key-frames"));
            viewer.awaitPictures(viewer.pictures() + 4 * SECOND);

            LibwebrtcStats now = other.stats();
            assertThat(now.packetsLost()).isEqualTo(others.packetsLost());
            assertThat(now.pliCount()).isEqualTo(others.pliCount());
            assertThat(now.framesDecoded() - others.framesDecoded()).isGreaterThan(4L * SECOND);
        }
    }

    private static boolean hasState(JsonObject stream, String state) {
        return Watch.items(stream, "consumers").items().stream()
                .anyMatch(item -> ((JsonObject) item).string("state").orElse("").equals(state));
    }
}
