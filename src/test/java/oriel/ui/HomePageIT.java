package oriel.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import oriel.access.HomeUser;
import oriel.access.ListedUsers;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.testing.Proves;
import oriel.testing.TestOriel;
import oriel.testing.camera.CameraFeed;
import oriel.testing.camera.CameraMedia;
import oriel.testing.camera.CameraTrack;
import oriel.testing.camera.SimulatedCamera;

/** The page of a home with cameras that come, go, refuse and have odd names. */
class HomePageIT extends CameraScene {
    private static final int PLACES = 9;

    @TempDir
    Path folder;

    private static String streams(Map<String, String> urls) {
        List<String> entries = new ArrayList<>();
        urls.forEach((name, url) -> entries.add("\"" + name.replace("\"", "\\\"") + "\": \"" + url + "\""));
        return "{streams: {" + String.join(", ", entries) + "}}";
    }

    private PageUnderTest open(TestOriel oriel, int width, int height) {
        return new PageUnderTest(browser, oriel.base() + "/", width, height);
    }

    @Test
    @Proves("S-177")
    void tenCameras_nineAreLive_theTenthWhenThereIsRoom() throws Exception {
        List<String> names =
                IntStream.rangeClosed(1, 10).mapToObj(i -> "Camera " + i).toList();
        Map<String, String> urls = new LinkedHashMap<>();
        List<SimulatedCamera> cameras = new ArrayList<>();
        try {
            names.forEach(name -> {
                cameras.add(camera());
                urls.put(name, cameras.getLast().url());
            });
            try (TestOriel oriel = TestOriel.start(folder, streams(urls));
                    PageUnderTest page = open(oriel, 1280, 1400).go("")) {
                for (String name : names.subList(0, PLACES)) {
                    page.awaitState(page.tile(name), "Live");
                }
                page.awaitText(page.tile("Camera 10"), "Nine cameras play already");
                page.awaitRisingNumber(page.tile("Camera 9"));
                assertThat(page.openPeers()).isEqualTo(PLACES);
                page.raw().setViewportSize(390, 500);
                page.tile("Camera 10").scrollIntoViewIfNeeded();
                page.awaitState(page.tile("Camera 10"), "Live");
                page.awaitRisingNumber(page.tile("Camera 10"));
                page.await("tiles out of view are closed", () -> page.openPeers() < 5);
                page.assertClean();
            }
        } finally {
            cameras.forEach(SimulatedCamera::close);
        }
    }

    @Test
    void hiddenTab_holdsNoConnection_andPlaysAgainWhenSeen() throws Exception {
        try (SimulatedCamera camera = camera();
                TestOriel oriel = TestOriel.start(folder, streams(Map.of("Garden", camera.url())));
                PageUnderTest page = open(oriel, 1280, 800).go("")) {
            page.awaitState(page.tile("Garden"), "Live");
            page.hide(true);
            page.await("no connection", () -> page.openPeers() == 0);
            oriel.awaitStream(
                    "Garden",
                    json -> json.array("consumers").orElseThrow().items().isEmpty());
            page.hide(false);
            page.awaitState(page.tile("Garden"), "Live");
            page.awaitRisingNumber(page.tile("Garden"));
            page.assertClean();
        }
    }

    @Test
    void cameraThatRefuses_saysSo_andWhenTheNextTryIs_andTryNowTries() throws Exception {
        try (SimulatedCamera camera = camera();
                TestOriel oriel = TestOriel.start(folder, streams(Map.of("Garage", camera.url())));
                PageUnderTest page = open(oriel, 1280, 800)) {
            camera.unplug();
            page.go("");
            page.awaitState(page.tile("Garage"), "Offline");
            page.awaitText(page.tile("Garage"), "Refuses connections");
            page.awaitText(page.tile("Garage"), "Next try in");
            page.awaitText(page.raw().locator("camera-wall header"), "1 offline");
            page.assertAccessible();
            page.tile("Garage").click();
            page.awaitText(
                    page.raw().locator("camera-chain"),
                    "127.0.0.1 is there but refuses port " + camera.port() + ". Is RTSP or ONVIF on in the camera?");
            page.awaitText(page.raw().locator("camera-chain"), "Next try in");
            page.assertAccessible();
            camera.plugIn();
            page.button("Try now").click();
            page.awaitRisingNumber(page.player());
            page.awaitText(page.raw().locator("camera-chain"), "All well");
            page.assertClean();
        }
    }

    @Test
    void cameraThatIsLostAndComesBack_isLiveAgain_withoutAReload() throws Exception {
        try (SimulatedCamera camera = camera();
                TestOriel oriel = TestOriel.start(folder, streams(Map.of("Terrace", camera.url())));
                PageUnderTest page = open(oriel, 1280, 800).go("")) {
            page.awaitState(page.tile("Terrace"), "Live");
            camera.unplug();
            page.awaitState(page.tile("Terrace"), "Offline");
            page.awaitText(page.tile("Terrace"), "Last picture");
            page.awaitText(page.raw().locator("camera-wall .said"), "Terrace went offline.");
            camera.plugIn();
            page.awaitState(page.tile("Terrace"), "Live");
            page.awaitRisingNumber(page.tile("Terrace"));
            page.assertClean();
        }
    }

    @Test
    void hostileNames_areText_andPlay() throws Exception {
        List<String> names = List.of("<img src=x onerror=alert(1)>", "Ä/ö %23", "x".repeat(60));
        try (SimulatedCamera camera = camera()) {
            Map<String, String> urls = new LinkedHashMap<>();
            names.forEach(name -> urls.put(name, camera.url()));
            try (TestOriel oriel = TestOriel.start(folder, streams(urls));
                    PageUnderTest page = open(oriel, 390, 800)) {
                for (String name : names) {
                    page.go("");
                    page.tile(name).scrollIntoViewIfNeeded();
                    page.awaitState(page.tile(name), "Live");
                    page.tile(name).click();
                    page.awaitRisingNumber(page.player());
                    assertThat(page.raw().locator("h1").innerText()).isEqualTo(name);
                    page.assertClean();
                }
                assertThat(camera.connections()).isEqualTo(1);
            }
        }
    }

    @Test
    void soundThatBrowsersDoNotTake_isNamed_besideThePicture() throws Exception {
        CameraTrack aac = CameraTrack.aac(16_000, 1, "1408", CameraFeed::byHand);
        try (SimulatedCamera camera =
                        SimulatedCamera.of(CameraMedia.of(footage.video(), aac)).start();
                TestOriel oriel = TestOriel.start(folder, streams(Map.of("Kitchen", camera.url())));
                PageUnderTest page = open(oriel, 1280, 800).go("#/camera/Kitchen")) {
            page.awaitRisingNumber(page.player());
            page.awaitText(page.raw().locator(".silence"), "No sound: the camera sends AAC");
            assertThat(page.button("Sound").isDisabled()).isTrue();
            page.assertAccessible();
            page.assertClean();
        }
    }

    @Test
    void passwords_areNowhereOnThePage() throws Exception {
        try (TestOriel oriel = TestOriel.start(
                        folder, streams(Map.of("Secret", "rtsp://admin:hunter2@127.0.0.1:9/x?token=t0p")));
                PageUnderTest page = open(oriel, 1280, 800).go("#/camera/Secret")) {
            page.awaitText(page.raw().locator("camera-chain"), "refuses port 9");
            String text = page.everything();
            assertThat(text).contains("rtsp").doesNotContain("hunter2").doesNotContain("t0p");
        }
    }

    @Test
    @Proves("S-087")
    void page_worksUnderAnIngressPrefix_thatAProxyTakesOff() throws Exception {
        try (SimulatedCamera camera = camera();
                TestOriel oriel = TestOriel.start(folder, streams(Map.of("Hall", camera.url())));
                PrefixProxy proxy = PrefixProxy.start("/api/hassio_ingress/t0ken", oriel.port());
                PageUnderTest page = new PageUnderTest(browser, proxy.address() + "/", 1280, 800).go("")) {
            page.awaitState(page.tile("Hall"), "Live");
            page.tile("Hall").click();
            page.awaitRisingNumber(page.player());
            page.awaitText(page.raw().locator("use-elsewhere"), proxy.address() + "/api/webrtc?src=Hall");
            page.assertClean();
        }
    }

    @Test
    void page_throughHomeAssistant_showsAViewerTheCamerasThatAreTheirs() throws Exception {
        ListedUsers users = new ListedUsers().with("anna", HomeUser.Group.OTHER);
        try (SimulatedCamera camera = camera();
                TestOriel oriel = TestOriel.start(
                        folder,
                        users,
                        streams(Map.of("Hall", camera.url(), "Bedroom", camera.url())),
                        "oriel: {ingress: {listen: \"127.0.0.1:0\", peer: 127.0.0.1},"
                                + " access: {users: {anna: {role: viewer, streams: [Hall]}}}}");
                PrefixProxy proxy = PrefixProxy.start(
                        "/api/hassio_ingress/t0ken",
                        oriel.ingressPort(),
                        "X-Remote-User-Id: anna",
                        "X-Ingress-Path: /api/hassio_ingress/t0ken");
                PageUnderTest page = new PageUnderTest(browser, proxy.address() + "/", 1280, 800).go("")) {
            page.awaitState(page.tile("Hall"), "Live");
            page.awaitRisingNumber(page.tile("Hall"));
            assertThat(page.everything()).doesNotContain("Bedroom");
            page.assertClean();
        }
    }

    @Test
    void shareLink_showsItsCamera_toWhoHasNoLogin() throws Exception {
        try (SimulatedCamera camera = camera();
                TestOriel oriel = TestOriel.start(folder, streams(Map.of("Hall", camera.url())));
                PrefixProxy proxy = PrefixProxy.start("/guest", oriel.port(), "X-Forwarded-For: 203.0.113.9")) {
            String made = oriel.post("/api/links", "application/json", "{\"stream\":\"Hall\"}")
                    .body();
            String token = ((JsonObject) Json.parse(made)).string("token").orElseThrow();
            try (PageUnderTest page = new PageUnderTest(browser, proxy.address() + "/", 1280, 800)
                    .go("stream.html?src=Hall&token=" + token)) {
                page.awaitRisingNumber(page.raw().locator("oriel-player"));
                page.assertClean();
            }
        }
    }

    @Test
    void page_worksUnderBasePath() throws Exception {
        try (SimulatedCamera camera = camera();
                TestOriel oriel =
                        TestOriel.start(folder, streams(Map.of("Hall", camera.url())), "api: {base_path: /cameras}");
                PageUnderTest page = new PageUnderTest(browser, oriel.base() + "/cameras", 1280, 800).go("")) {
            page.awaitState(page.tile("Hall"), "Live");
            page.awaitRisingNumber(page.tile("Hall"));
            page.assertClean();
        }
    }

    @Test
    void aCameraOfHomeAssistant_isOnTheWallOnce_byItsTitle() throws Exception {
        Path storage = Files.createDirectories(folder.resolve("ha/.storage"));
        try (SimulatedCamera camera = camera()) {
            Files.writeString(
                    storage.resolve("core.config_entries"),
                    "{\"version\":1,\"data\":{\"entries\":[{\"entry_id\":\"a\",\"domain\":\"generic\",\"title\":\"Front Door\","
                            + "\"options\":{\"stream_source\":\"" + camera.url() + "\"}}]}}");
            try (TestOriel oriel = TestOriel.start(folder, "{hass: {config: ha}}");
                    PageUnderTest page = open(oriel, 1280, 800).go("")) {
                page.awaitState(page.tile("Front Door"), "Live");
                assertThat(page.raw().locator("camera-tile").count()).isOne();
                assertThat(oriel.get("/api/streams").body()).contains("generic_a");
                page.assertClean();
            }
        }
    }
}
