package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import oriel.base.JsonObject;
import oriel.testing.Proves;
import oriel.testing.TestOriel;
import oriel.testing.camera.SimulatedCamera;
import oriel.testing.camera.SyntheticPictures;
import oriel.testing.viewer.RtpViewer;
import oriel.testing.viewer.ViewerOffer;

/** How many connections a camera sees, and when they begin and end. */
class ConnectionViewerTest extends ViewerScene {
    private SimulatedCamera playing() {
        return camera(SyntheticPictures.of(25).track());
    }

    @Test
    @Proves("S-184")
    void twoNames_andTwoViewersOfEach_costOneConnection() throws Exception {
        SimulatedCamera camera = playing();
        TestOriel oriel = keep(TestOriel.start(
                folder,
                "{streams: {front: \"" + camera.url() + "\", alias: [\"ffmpeg:" + camera.url() + "\"], door: \""
                        + camera.url() + "\"}}"));
        for (String name : List.of("front", "front", "door", "door", "alias")) {
            RtpViewer viewer = keep(Watch.watch(oriel, name, ViewerOffer.CHROMIUM));
            viewer.awaitFrames("video", 3);
        }
        assertThat(camera.connections()).isOne();
        assertThat(camera.count("PLAY")).isOne();
        assertThat(Watch.items(oriel.stream("front"), "consumers").items()).hasSize(2);
        assertThat(Watch.items(oriel.stream("alias"), "consumers").items()).hasSize(1);
    }

    @Test
    void lastViewerGone_theCameraIsReleased_afterLingering() throws Exception {
        SimulatedCamera camera = playing();
        TestOriel oriel = oriel(camera.url());
        RtpViewer one = watch(oriel, ViewerOffer.PICTURE);
        RtpViewer two = watch(oriel, ViewerOffer.PICTURE);
        one.awaitFrames("video", 2);
        two.awaitFrames("video", 2);
        one.close();
        two.awaitFrames("video", 10);
        assertThat(camera.live()).isOne();
        two.close();
        oriel.awaitStream(
                "door", stream -> Watch.items(stream, "consumers").items().isEmpty());
        camera.await(() -> camera.live() == 0);
        assertThat(camera.count("TEARDOWN")).isOne();
        oriel.awaitStream("door", stream -> Watch.state(stream).equals("idle"));
    }

    @Test
    void preload_connectsWithoutAViewer_andKeepsTheCamera() throws Exception {
        SimulatedCamera camera = playing();
        TestOriel oriel = oriel(camera.url());
        assertThat(oriel.call("PUT", "/api/preload?src=door").statusCode()).isEqualTo(200);
        camera.await(() -> camera.playing() == 1);
        RtpViewer viewer = watch(oriel, ViewerOffer.PICTURE);
        viewer.awaitFrames("video", 2);
        viewer.close();
        oriel.awaitStream(
                "door", stream -> Watch.items(stream, "consumers").items().isEmpty());
        RtpViewer again = watch(oriel, ViewerOffer.PICTURE);
        again.awaitFrames("video", 2);
        again.close();
        assertThat(camera.connections()).isOne();
        assertThat(oriel.call("DELETE", "/api/preload?src=door").statusCode()).isEqualTo(200);
        assertThat(oriel.get("/api/preload").body()).doesNotContain("door");
    }

    @Test
    @Proves({"S-136", "S-205"})
    void theSameListAddedAgain_changesNothingForAViewer() throws Exception {
        SimulatedCamera camera = playing();
        TestOriel oriel = oriel(camera.url());
        String put = "/api/streams?name=yard&src=" + camera.url()
                + "&src=ffmpeg:yard%23audio%3Dopus%23query%3Dlog_level%3Ddebug";
        assertThat(oriel.call("PUT", put).statusCode()).isEqualTo(200);
        RtpViewer viewer = keep(Watch.watch(oriel, "yard", ViewerOffer.CHROMIUM));
        viewer.awaitFrames("video", 5);
        for (int i = 0; i < 3; i++) {
            assertThat(oriel.call("PUT", put).statusCode()).isEqualTo(200);
            int have = viewer.track("video").frames().size();
            viewer.awaitFrames("video", have + 3);
        }
        assertThat(viewer.over()).isEmpty();
        assertThat(viewer.track("video").missing()).isZero();
        assertThat(camera.connections()).isOne();
    }

    @Test
    @Proves("S-137")
    void streamRemoved_itsViewerIsTold_andTheCameraReleased() throws Exception {
        SimulatedCamera camera = playing();
        TestOriel oriel = oriel();
        oriel.call("PUT", "/api/streams?name=yard&src=" + camera.url());
        RtpViewer viewer = keep(Watch.watch(oriel, "yard", ViewerOffer.PICTURE));
        viewer.awaitFrames("video", 2);
        assertThat(oriel.call("DELETE", "/api/streams?src=yard").statusCode()).isEqualTo(200);
        viewer.awaitOver();
        assertThat(viewer.over()).isEqualTo("the server said goodbye");
        camera.await(() -> camera.live() == 0);
        assertThat(oriel.get("/api/streams?src=yard").statusCode()).isEqualTo(404);
    }

    @Test
    void cameraSilent_isSaid_andConnectedAnew_andTheViewerGoesOn() throws Exception {
        SimulatedCamera camera = playing();
        TestOriel oriel = oriel(camera.url());
        RtpViewer viewer = watch(oriel, ViewerOffer.PICTURE);
        viewer.awaitFrames("video", 5);
        camera.silence(true);
        JsonObject stream = oriel.awaitStream(
                "door",
                s -> Watch.first(s, "producers").string("failure").orElse("").equals("silent"));
        JsonObject producer = Watch.first(stream, "producers");
        assertThat(producer.string("reason").orElseThrow()).isNotBlank();
        camera.silence(false);
        int have = viewer.track("video").frames().size();
        viewer.awaitFrames("video", have + 5);
        assertThat(camera.connections()).isGreaterThanOrEqualTo(2);
        assertThat(viewer.over()).isEmpty();
        assertThat(viewer.track("video").missing()).isZero();
    }

    @Test
    void cameraUnplugged_theStreamSaysWhyAndWhen_andTheViewerGoesOnAfterwards() throws Exception {
        SimulatedCamera camera = playing();
        TestOriel oriel = oriel(camera.url());
        RtpViewer viewer = watch(oriel, ViewerOffer.PICTURE);
        viewer.awaitFrames("video", 5);
        camera.unplug();
        JsonObject stream = oriel.awaitStream(
                "door",
                s -> Watch.first(s, "producers").string("failure").orElse("").equals("refused"));
        JsonObject producer = Watch.first(stream, "producers");
        assertThat(producer.string("reason").orElseThrow()).contains("refuses port");
        assertThat(java.time.Instant.parse(producer.string("next_try").orElseThrow()))
                .isAfter(java.time.Instant.parse(producer.string("since").orElseThrow())
                        .minusMillis(1));
        camera.plugIn();
        int have = viewer.track("video").frames().size();
        viewer.awaitFrames("video", have + 5);
        assertThat(viewer.over()).isEmpty();
    }

    @Test
    void oneViewer_paused_garbling_orGone_disturbsNoOther() throws Exception {
        SimulatedCamera camera = playing();
        TestOriel oriel = oriel(camera.url());
        RtpViewer good = watch(oriel, ViewerOffer.PICTURE);
        RtpViewer paused = watch(oriel, ViewerOffer.PICTURE);
        RtpViewer garbling = watch(oriel, ViewerOffer.PICTURE);
        RtpViewer gone = watch(oriel, ViewerOffer.PICTURE);
        for (RtpViewer viewer : List.of(good, paused, garbling, gone)) {
            viewer.awaitFrames("video", 2);
        }
        paused.pause(true);
        gone.vanish();
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            byte[] nonsense = new byte[random.nextInt(1, 1400)];
            random.nextBytes(nonsense);
            // All first bytes that mean something: STUN, DTLS, RTP and RTCP.
            nonsense[0] = new byte[] {0, 1, 22, 23, (byte) 0x80, (byte) 0x81, nonsense[0]}[i % 7];
            garbling.raw(nonsense);
        }
        int have = good.track("video").frames().size();
        good.awaitFrames("video", have + 30);
        assertThat(good.track("video").missing()).isZero();
        garbling.awaitFrames("video", garbling.track("video").frames().size() + 5);
        oriel.awaitStream(
                "door",
                stream -> Watch.items(stream, "consumers").items().stream()
                        .map(consumer -> ((JsonObject) consumer).object("drops").orElseThrow())
                        .anyMatch(drops -> drops.members().size() >= 2));
        assertThat(oriel.get("/api").statusCode()).isEqualTo(200);
        assertThat(camera.connections()).isOne();
    }

    @Test
    void orielStops_viewersHearGoodbye_andTheCameraTeardown() throws Exception {
        SimulatedCamera camera = playing();
        TestOriel oriel = TestOriel.start(folder, Watch.stream("door", camera.url()));
        RtpViewer viewer;
        try {
            viewer = watch(oriel, ViewerOffer.PICTURE);
            viewer.awaitFrames("video", 2);
        } finally {
            oriel.close();
        }
        viewer.awaitOver();
        assertThat(viewer.over()).isEqualTo("the server said goodbye");
        camera.await(() -> camera.live() == 0);
        assertThat(camera.count("TEARDOWN")).isOne();
    }
}
