package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import oriel.base.Json;
import oriel.base.JsonArray;
import oriel.base.JsonObject;
import oriel.base.JsonString;
import oriel.testing.Proves;
import oriel.testing.TestOriel;
import oriel.testing.camera.CameraAuth;
import oriel.testing.camera.CameraMedia;
import oriel.testing.camera.SimulatedCamera;
import oriel.testing.camera.SyntheticPictures;
import oriel.testing.viewer.RtpViewer;
import oriel.testing.viewer.ViewerDoors;
import oriel.testing.viewer.ViewerOffer;

/** A folder of Home Assistant beside a whole Oriel: its cameras play, and what changes there changes here. */
class HassImportViewerTest extends ViewerScene {
    private static final String FRONT = "01JF0000000000000000000FRT";
    private static final String YARD = "01JF0000000000000000000YRD";

    private SimulatedCamera lockedCamera() {
        return keep(SimulatedCamera.of(CameraMedia.of(SyntheticPictures.of(25).track()))
                .user("admin", "pass:w@rd")
                .auth(CameraAuth.DIGEST_MD5)
                .start());
    }

    /** A generic camera as 2026.11 writes it. */
    private static String generic(String id, String title, String source, String password) {
        return JsonObject.builder()
                .put("entry_id", id)
                .put("version", 2)
                .put("domain", "generic")
                .put("title", title)
                .put("data", JsonObject.empty())
                .put(
                        "options",
                        JsonObject.builder()
                                .put("stream_source", source)
                                .put("username", password.isEmpty() ? "" : "admin")
                                .put("password", password)
                                .put(
                                        "advanced",
                                        JsonObject.builder()
                                                .put("rtsp_transport", id.equals(YARD) ? "udp" : "tcp")
                                                .build())
                                .build())
                .build()
                .toJson();
    }

    private static byte[] entries(String... cameras) {
        return ("{\"version\":1,\"minor_version\":5,\"key\":\"core.config_entries\",\"data\":{\"entries\":["
                        + String.join(",", cameras) + "]}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private void write(String name, byte[] content) throws IOException {
        Path storage = Files.createDirectories(folder.resolve("ha/.storage"));
        Path written = Files.write(storage.resolve(name + ".tmp"), content);
        Files.move(written, storage.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private void registry(String entry, String entityId) throws IOException {
        write(
                "core.entity_registry",
                ("{\"version\":1,\"minor_version\":22,\"data\":{\"entities\":[{\"config_entry_id\":\"" + entry
                                + "\",\"unique_id\":\"" + entry + "\",\"platform\":\"generic\",\"entity_id\":\""
                                + entityId + "\",\"disabled_by\":null}],\"deleted_entities\":[]}}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private RtpViewer view(TestOriel oriel, String name) throws Exception {
        RtpViewer viewer = keep(RtpViewer.of(ViewerOffer.CHROMIUM).open());
        viewer.answer(ViewerDoors.json(oriel.base(), name, viewer.offer()));
        viewer.awaitFrames("video", 3);
        return viewer;
    }

    private static List<String> urls(JsonObject stream) {
        return Watch.items(stream, "producers").items().stream()
                .map(item -> ((JsonObject) item).string("url").orElseThrow())
                .toList();
    }

    @Test
    @Proves({"S-080", "S-081", "S-082"})
    void genericCamera_playsByTitleEntityAndEntry_overOneConnection() throws Exception {
        SimulatedCamera camera = lockedCamera();
        write("core.config_entries", entries(generic(FRONT, "Front Door", camera.plainUrl(), "pass:w@rd")));
        registry(FRONT, "camera.entrance");
        TestOriel oriel = keep(TestOriel.start(
                folder,
                "{hass: {config: ha}, streams: {mine: \"hass:Front Door\", written: \"rtsp://admin:pass:w@rd@127.0.0.1:"
                        + camera.port() + "/stream\"}}"));
        // Exactly what Home Assistant would register, so it changes nothing.
        String source = "rtsp://admin:pass%3Aw%40rd@127.0.0.1:" + camera.port() + "/stream";
        for (String alias : List.of("camera.entrance", "generic_" + FRONT)) {
            assertThat(urls(oriel.stream(alias)))
                    .containsExactly("ffmpeg:" + source, "ffmpeg:" + alias + "#audio=opus#query=log_level=debug");
            assertThat(oriel.stream(alias).string("alias_of")).contains("Front Door");
        }
        assertThat(oriel.stream("Front Door").string("alias_of")).isEmpty();
        for (String name : List.of("Front Door", "camera.entrance", "generic_" + FRONT, "mine", "written")) {
            view(oriel, name);
        }
        assertThat(camera.connections()).isOne();
        JsonArray sources = ((JsonObject) Json.parse(oriel.get("/api/hass").body()))
                .array("sources")
                .orElseThrow();
        assertThat(sources.items()).hasSize(1);
        assertThat(((JsonObject) sources.items().getFirst()).members())
                .containsEntry("name", new JsonString("Front Door"))
                .containsEntry("url", new JsonString("hass:Front Door"))
                .containsEntry("location", new JsonString(source))
                .containsEntry("entity_id", new JsonString("camera.entrance"))
                .containsEntry("stream", new JsonString("Front Door"))
                .doesNotContainKey("error");
    }

    @Test
    void changedFiles_takeEffect_halfWrittenOnesNone_andViewersOfOthersNoticeNothing() throws Exception {
        SimulatedCamera front = lockedCamera();
        SimulatedCamera yard = lockedCamera();
        String frontDoor = generic(FRONT, "Front Door", front.plainUrl(), "pass:w@rd");
        write("core.config_entries", entries(frontDoor, generic(YARD, "Yard", "rtsp://127.0.0.1:1/old", "")));
        TestOriel oriel = keep(TestOriel.start(folder, "{hass: {config: ha}, streams: {mine: \"hass:Yard\"}}"));
        RtpViewer viewer = view(oriel, "Front Door");

        byte[] next = entries(frontDoor, generic(YARD, "Yard", yard.plainUrl(), "pass:w@rd"));
        Path file = folder.resolve("ha/.storage/core.config_entries");
        Files.write(file, Arrays.copyOf(next, next.length / 2));
        registry(YARD, "camera.yard"); // Noticed with or after the half file, so that one has been seen.
        assertThat(urls(oriel.awaitStreams(all -> all.object("camera.yard").isPresent())
                        .object("camera.yard")
                        .orElseThrow()))
                .first()
                .isEqualTo("ffmpeg:rtsp://127.0.0.1:1/old");

        Files.write(file, next);
        oriel.awaitStream("Yard", stream -> urls(stream).getFirst().contains(":" + yard.port() + "/"));
        for (String name : List.of("Yard", "camera.yard", "generic_" + YARD, "mine")) {
            view(oriel, name);
        }
        assertThat(yard.connections()).isOne();

        write("core.config_entries", entries(frontDoor));
        JsonObject left = oriel.awaitStreams(all -> all.object("Yard").isEmpty());
        assertThat(left.members()).containsOnlyKeys("mine", "Front Door", "generic_" + FRONT);
        assertThat(viewer.over()).isEmpty();
        viewer.awaitFrames("video", viewer.track("video").frames().size() + 5);
        assertThat(front.connections()).isOne();
    }

    @Test
    void whatHomeAssistantAddsOrDeletesOfIt_doesNoHarm() throws Exception {
        SimulatedCamera camera = lockedCamera();
        write("core.config_entries", entries(generic(FRONT, "Front Door", camera.plainUrl(), "pass:w@rd")));
        TestOriel oriel = keep(TestOriel.start(folder, "{hass: {config: ha}}"));
        RtpViewer viewer = view(oriel, "generic_" + FRONT);
        String source = "ffmpeg:rtsp://admin:pass%253Aw%2540rd@127.0.0.1:" + camera.port() + "/stream";
        assertThat(oriel.call(
                                "PUT",
                                "/api/streams?name=generic_" + FRONT + "&src=" + source + "&src=ffmpeg:generic_" + FRONT
                                        + "%23audio%3Dopus%23query%3Dlog_level%3Ddebug")
                        .statusCode())
                .isEqualTo(200);
        assertThat(oriel.call("DELETE", "/api/streams?src=generic_" + FRONT).statusCode())
                .isEqualTo(409);
        viewer.awaitFrames("video", viewer.track("video").frames().size() + 5);
        assertThat(camera.connections()).isOne();
        assertThat(Files.exists(folder.resolve("state.json"))
                        && Files.readString(folder.resolve("state.json")).contains("generic_"))
                .isFalse();
    }

    @Test
    void whatCannotBeHad_isListedWithTheReason_withoutAFolderThereIsNone() throws Exception {
        TestOriel without = keep(TestOriel.start(folder, "{hass: {config: off}}"));
        assertThat(without.get("/api/hass").statusCode()).isEqualTo(404);
        assertThat(without.get("/api/hass").body()).isEqualTo("no hass config");
        write("core.config_entries", entries(generic(FRONT, "Template", "rtsp://{{ host }}/a", "")));
        TestOriel oriel = keep(TestOriel.start(folder.resolve("ha"), "{}")); // As go2rtc has it: beside the storage.
        JsonObject listed = (JsonObject) Json.parse(oriel.get("/api/hass").body());
        assertThat(listed.array("sources").orElseThrow().items())
                .singleElement()
                .isInstanceOfSatisfying(JsonObject.class, item -> {
                    assertThat(item.string("error").orElseThrow()).contains("is a template");
                    assertThat(item.string("stream")).isEmpty();
                });
        assertThat(oriel.get("/api/streams").body()).isEqualTo("{}");
        write("core.config_entries", entries());
        oriel.awaitStreams(all -> status(oriel, "/api/hass") == 404);
    }

    private static int status(TestOriel oriel, String path) {
        try {
            return oriel.get(path).statusCode();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
