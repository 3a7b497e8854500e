package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.testing.Proves;
import oriel.testing.TestOriel;
import oriel.testing.camera.SimulatedCamera;
import oriel.testing.camera.SyntheticPictures;
import oriel.testing.viewer.RtpViewer;
import oriel.testing.viewer.ViewerDoors;
import oriel.testing.viewer.ViewerOffer;

/** Two cameras, two viewers, and an owner who edits the file: whom he does not touch notices nothing. */
class ReloadViewerTest extends ViewerScene {
    private static final SyntheticPictures PICTURES = SyntheticPictures.of(25);

    private final SimulatedCamera door = camera(PICTURES.trackByHand());
    private final SimulatedCamera garden = camera(PICTURES.trackByHand());
    private int next;

    private Path file() {
        return folder.resolve("go2rtc.yaml");
    }

    private void emit(int count) {
        for (int i = 0; i < count; i++, next++) {
            garden.emit(0, PICTURES.frame(next, (long) next * SyntheticPictures.FRAME_TICKS));
            door.emit(0, PICTURES.frame(next, (long) next * SyntheticPictures.FRAME_TICKS));
        }
    }

    private TestOriel open(String yaml) throws Exception {
        Files.writeString(file(), yaml);
        return keep(TestOriel.startWithFile(folder, "go2rtc.yaml"));
    }

    private RtpViewer watching(TestOriel oriel, String stream, SimulatedCamera camera) throws Exception {
        RtpViewer viewer = keep(Watch.watch(oriel, stream, ViewerOffer.PICTURE));
        viewer.awaitConnected();
        camera.await(() -> camera.playing() == 1);
        // From now on it gets all that the camera sends.
        oriel.awaitStream(
                stream,
                json -> json.array("consumers")
                        .filter(all -> !all.items().isEmpty())
                        .isPresent());
        return viewer;
    }

    /** A viewer who has seen all of the garden's pictures so far. */
    private RtpViewer watchingTheGarden(TestOriel oriel) throws Exception {
        RtpViewer viewer = watching(oriel, "garden", garden);
        emit(60);
        viewer.awaitFrames("video", next);
        return viewer;
    }

    private static HttpResponse<String> reload(TestOriel oriel) throws Exception {
        return oriel.call("POST", "/api/oriel/reload");
    }

    private String both() {
        return "streams:\n  garden: " + garden.url() + "\n  door: " + door.url() + "\n";
    }

    private void assertLostNothing(RtpViewer viewer) throws Exception {
        emit(60);
        viewer.awaitFrames("video", next);
        assertThat(viewer.track("video").missing()).isZero();
        assertThat(Watch.numbers(viewer.track("video").frames()))
                .containsExactlyElementsOf(IntStream.range(0, next).boxed().toList());
        assertThat(viewer.over()).isEmpty();
        assertThat(garden.connections()).isEqualTo(1);
    }

    @Test
    @Proves("S-145")
    void removed_endsItsViewers_andTheOthersLoseNoPacket() throws Exception {
        TestOriel oriel = open(both());
        RtpViewer kept = watching(oriel, "garden", garden);
        RtpViewer ended = watching(oriel, "door", door);
        emit(60);
        kept.awaitFrames("video", next);
        ended.awaitFrames("video", next);

        Files.writeString(file(), "# only one left\nstreams:\n  garden: " + garden.url() + "\n");
        assertThat(reload(oriel).statusCode()).isEqualTo(200);

        ended.awaitOver();
        door.await(() -> door.playing() == 0);
        assertThat(oriel.get("/api/streams?src=door").statusCode()).isEqualTo(404);
        assertLostNothing(kept);
    }

    @Test
    void changed_endsItsViewers_whoFindTheNewSource_andTheOthersLoseNoPacket() throws Exception {
        SimulatedCamera other = camera(PICTURES.track());
        TestOriel oriel = open(both());
        RtpViewer kept = watching(oriel, "garden", garden);
        RtpViewer ended = watching(oriel, "door", door);
        emit(60);
        kept.awaitFrames("video", next);

        Files.writeString(file(), both().replace(door.url(), other.url()));
        assertThat(reload(oriel).statusCode()).isEqualTo(200);

        ended.awaitOver();
        door.await(() -> door.playing() == 0);
        watching(oriel, "door", other).awaitFrames("video", 10);
        assertLostNothing(kept);
    }

    @Test
    void added_isThereAtOnce_withoutAnotherConnectionToTheSameCamera_andNobodyLosesAPacket() throws Exception {
        TestOriel oriel = open("streams:\n  garden: " + garden.url() + "\n");
        RtpViewer kept = watchingTheGarden(oriel);

        Files.writeString(file(), "streams:\n  garden: " + garden.url() + "\n  again: " + garden.url() + "\n");
        assertThat(reload(oriel).statusCode()).isEqualTo(200);

        keep(Watch.watch(oriel, "again", ViewerOffer.PICTURE)).awaitConnected();
        assertLostNothing(kept);
    }

    @Test
    void otherCandidates_areInTheNextAnswer_andThoseWhoWatchLoseNoPacket() throws Exception {
        TestOriel oriel = open(both());
        RtpViewer kept = watchingTheGarden(oriel);

        Files.writeString(file(), both() + "webrtc: {candidates: [\"192.0.2.77:8555\"]}\n");
        assertThat(reload(oriel).statusCode()).isEqualTo(200);

        RtpViewer later = keep(RtpViewer.of(ViewerOffer.PICTURE).open());
        String answer = ViewerDoors.json(oriel.base(), "garden", later.offer());
        later.answer(answer);
        assertThat(answer).contains("192.0.2.77 8555");
        assertLostNothing(kept);
    }

    @Test
    void whoIsNoAdministrator_mayNone() throws Exception {
        Files.writeString(file(), both());
        TestOriel oriel = keep(TestOriel.startWithFile(folder, "go2rtc.yaml", "oriel.access.loopback=integration"));
        assertThat(reload(oriel).statusCode()).isEqualTo(403);
        assertThat(oriel.get("/api/oriel/moving").statusCode()).isEqualTo(403);
        assertThat(oriel.post("/api/oriel/moving", "application/json", "{\"adopt\": true}")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void mistake_is400WithTheProblem_andEverybodyKeepsHisPicture() throws Exception {
        TestOriel oriel = open(both());
        RtpViewer kept = watching(oriel, "garden", garden);
        RtpViewer alsoKept = watching(oriel, "door", door);
        emit(60);
        kept.awaitFrames("video", next);

        Files.writeString(file(), "streams:\n  garden: " + garden.url() + "\n  door: [rtsp://u:hunter2@x/, {}]\n");
        HttpResponse<String> answer = reload(oriel);
        assertThat(answer.statusCode()).isEqualTo(400);
        JsonObject json = (JsonObject) Json.parse(answer.body());
        assertThat(json.string("code")).contains("config");
        assertThat(json.string("error").orElseThrow()).contains("go2rtc.yaml:3: streams.door");
        assertThat(answer.body()).doesNotContain("hunter2");

        assertLostNothing(kept);
        alsoKept.awaitFrames("video", next);
        assertThat(alsoKept.track("video").missing()).isZero();
    }

    @Test
    void movingIn_theirFileIsUsed_oneCallCopiesIt_andNobodyLosesAPacket() throws Exception {
        Path home = Files.createDirectory(folder.resolve("homeassistant"));
        Files.writeString(home.resolve("go2rtc.yaml"), both() + "rtmp: {listen: \":1935\"}\n");
        TestOriel oriel = keep(TestOriel.startWithFile(folder, "go2rtc.yaml", "hass.config=homeassistant"));
        JsonObject found =
                (JsonObject) Json.parse(oriel.get("/api/oriel/moving").body());
        assertThat(found.bool("used")).contains(true);
        assertThat(found.bool("adoptable")).contains(true);
        assertThat(found.toString())
                .contains("\"key\":\"streams.door\",\"works\":\"yes\"")
                .contains("rtmp.listen");
        RtpViewer kept = watchingTheGarden(oriel);

        HttpResponse<String> adopted = oriel.post("/api/oriel/moving", "application/json", "{\"adopt\": true}");
        assertThat(adopted.statusCode()).as(adopted.body()).isEqualTo(201);
        assertThat(Files.readString(file())).isEqualTo(Files.readString(home.resolve("go2rtc.yaml")));
        assertThat(oriel.post("/api/oriel/moving", "application/json", "{\"adopt\": true}")
                        .statusCode())
                .isEqualTo(409);
        assertLostNothing(kept);
    }

    @Test
    void pasted_isLookedThrough_andNotKept() throws Exception {
        TestOriel oriel = open(both());
        String frigate = "go2rtc:\n  streams:\n    a: rtsp://u:{FRIGATE_RTSP_PASSWORD}@192.0.2.1/a\n"
                + "    b: [\"ffmpeg:a#audio=opus\", \"rtsp://u:hunter2@192.0.2.1/b\", \"exec:x\"]\n";
        JsonObject json = (JsonObject) Json.parse(
                oriel.post("/api/oriel/moving", "text/plain", frigate).body());
        assertThat(json.string("kind")).contains("frigate");
        assertThat(json.toString())
                .contains("\"key\":\"streams.a\",\"works\":\"partly\"")
                .contains("${FRIGATE_RTSP_PASSWORD}")
                .contains("1 of 3 sources work")
                .contains("does not convert sound")
                .doesNotContain("hunter2");
        String asJson = JsonObject.builder().put("text", frigate).build().toString();
        assertThat(oriel.post("/api/oriel/moving", "application/json", asJson).body())
                .isEqualTo(json.toString());
        assertThat(oriel.post("/api/oriel/moving", "application/json", "[1]").statusCode())
                .isEqualTo(400);
        JsonObject none = (JsonObject) Json.parse(oriel.get("/api/oriel/moving").body());
        assertThat(none.bool("found")).contains(false);
    }
}
