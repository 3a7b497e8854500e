package oriel.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.testing.TestOriel;
import oriel.testing.browser.Browser;
import oriel.testing.camera.CameraMedia;
import oriel.testing.camera.DemoFootage;
import oriel.testing.camera.SimulatedCamera;
import oriel.worker.DemoRequest;

/** The servers of the configuration, given to the browser's own connections. */
@Timeout(180)
class IceServersPageIT {
    private static final String SERVERS =
            "webrtc: {ice_servers: [{urls: [\"turn:127.0.0.1:9\"], username: anna, credential: secret}]}";

    // What a connection knows when it begins to look for ways.
    private static final String WATCH = """
            window.given = [];
            const begin = RTCPeerConnection.prototype.setLocalDescription;
            RTCPeerConnection.prototype.setLocalDescription = function (...all) {
              const [server] = this.getConfiguration().iceServers;
              window.given.push(server ? [...[server.urls].flat(), server.username, server.credential].join(' ') : 'none');
              return begin.apply(this, all);
            };
            """;

    @TempDir
    Path folder;

    private static Browser browser;
    private static DemoFootage footage;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.orSkip();
        footage = DemoFootage.of(DemoRequest.standard().sized(320, 192).paced(10, 10), 100);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    private static String given(PageUnderTest page) {
        return String.valueOf(page.raw().evaluate("window.given.join()"));
    }

    @Test
    void wall_andPlayerOfAShareLink_useThem() throws Exception {
        try (SimulatedCamera camera =
                        SimulatedCamera.of(CameraMedia.of(footage.video())).start();
                TestOriel oriel = TestOriel.start(
                        folder, "streams: {Hall: \"" + camera.url() + "\"}", "api: {password: word}", SERVERS)) {
            try (PageUnderTest page = new PageUnderTest(browser, oriel.base() + "/", 1280, 800)) {
                page.raw().addInitScript(WATCH);
                page.go("");
                page.awaitState(page.tile("Hall"), "Live");
                assertThat(given(page)).isEqualTo("turn:127.0.0.1:9 anna secret");
            }
            JsonObject link =
                    (JsonObject) Json.parse(oriel.post("/api/links", "application/json", "{\"stream\":\"Hall\"}")
                            .body());
            String query = "stream.html?src=Hall&token=" + link.string("token").orElseThrow();
            try (PrefixProxy proxy = PrefixProxy.start("/home", oriel.port(), "X-Forwarded-For: 203.0.113.9");
                    PageUnderTest page = new PageUnderTest(browser, proxy.address() + "/" + query, 1280, 800)) {
                page.raw().addInitScript(WATCH);
                page.go("");
                page.await("a connection", () -> !given(page).isEmpty());
                assertThat(given(page)).isEqualTo("turn:127.0.0.1:9 anna secret");
            }
        }
    }
}
