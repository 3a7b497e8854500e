package oriel.testing.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.testing.TestOriel;
import oriel.testing.camera.CameraMedia;
import oriel.testing.camera.SimulatedCamera;
import oriel.testing.camera.SyntheticPictures;

/** The viewer itself, against a whole Oriel. */
@Timeout(60)
class RtpViewerTest {
    @TempDir
    private Path folder;

    private static SimulatedCamera camera() {
        return SimulatedCamera.of(CameraMedia.of(SyntheticPictures.of(10).track()))
                .start();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void packets_eachProfile_areOpened(boolean gcm) throws Exception {
        try (SimulatedCamera camera = camera();
                TestOriel oriel = TestOriel.start(folder, "{streams: {door: \"" + camera.url() + "\"}}")) {
            RtpViewerBuilder builder = RtpViewer.of(ViewerOffer.PICTURE);
            try (RtpViewer viewer = gcm ? builder.open() : builder.withoutGcm().open()) {
                viewer.answer(ViewerDoors.json(oriel.base(), "door", viewer.offer()));
                viewer.awaitFrames("video", 12);
                assertThat(viewer.profile()).isEqualTo(gcm ? 7 : 1);
                assertThat(viewer.refused()).isZero();
                assertThat(viewer.strangers()).isZero();
                assertThat(viewer.track("video").frames().getFirst().nalTypes()).containsExactly(7, 8, 5);
                viewer.await("a report", () -> !viewer.track("video").reports().isEmpty());
            }
            oriel.awaitStream(
                    "door",
                    stream -> stream.array("consumers").orElseThrow().items().isEmpty());
        }
    }

    @Test
    void loop_manyViewers_serveEach() throws Exception {
        try (SimulatedCamera camera = camera();
                TestOriel oriel = TestOriel.start(folder, "{streams: {door: \"" + camera.url() + "\"}}");
                ViewerLoop loop = ViewerLoop.start()) {
            List<RtpViewer> viewers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                RtpViewer viewer =
                        RtpViewer.of(ViewerOffer.PICTURE).on(loop).headersOnly().open();
                viewer.answer(ViewerDoors.json(oriel.base(), "door", viewer.offer()));
                viewers.add(viewer);
            }
            for (RtpViewer viewer : viewers) {
                viewer.awaitPackets("video", 30);
            }
            assertThat(camera.connections()).isOne();
            viewers.forEach(RtpViewer::close);
            assertThat(viewers).allSatisfy(viewer -> assertThat(viewer.over()).isEqualTo("we left"));
        }
    }
}
