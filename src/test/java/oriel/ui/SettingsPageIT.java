package oriel.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oriel.access.HomeUser;
import oriel.access.ListedUsers;
import oriel.testing.TestOriel;
import oriel.testing.broker.EmbeddedBroker;
import oriel.testing.browser.Browser;
import oriel.testing.browser.BrowserScene;
import oriel.testing.homeassistant.FakeHomeAssistant;

/** What an administrator sets: Home Assistant, links for guests, reading the configuration again, moving in. */
class SettingsPageIT extends BrowserScene {
    private static final String CAMERAS =
            "streams: {Hall: \"rtsp://127.0.0.1:9/hall\", Garage: \"rtsp://127.0.0.1:9/garage\"}";
    private static final String THEIRS = """
            streams:
              garden: rtsp://user:s3cret@192.168.1.20/stream1
              attic: exec:ffmpeg -i /dev/video0
            homekit:
              garden:
            """;

    @TempDir
    Path folder;

    private static PageUnderTest open(TestOriel oriel, int width) {
        return new PageUnderTest(browser, oriel.base() + "/", width, 900).go("#/settings");
    }

    @ParameterizedTest
    @CsvSource({"390, LIGHT", "1280, DARK"})
    void page_fits_isAccessible_andSaysTheLineForHomeAssistant(int width, ColorScheme theme) throws Exception {
        try (TestOriel oriel = TestOriel.start(folder, CAMERAS);
                PageUnderTest page = open(oriel, width)) {
            page.raw().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
            page.awaitText(page.raw().locator("home-assistant"), "go2rtc: {url: " + oriel.base() + "}");
            page.raw().getByLabel("Text of the file").fill(THEIRS);
            page.button("What works?").click();
            page.awaitText(page.raw().locator("configuration-settings table"), "homekit");
            page.button("Make a link").click();
            page.awaitText(page.raw().locator("access-settings .links"), "this machine");
            page.assertAccessible();
            page.assertClean();
            page.raw()
                    .screenshot(new Page.ScreenshotOptions()
                            .setFullPage(true)
                            .setPath(Browser.screens().resolve("settings-" + width + ".png")));
        }
    }

    @Test
    void homeAssistantThatAsked_isSaid_withItsTime() throws Exception {
        try (TestOriel oriel = TestOriel.start(folder, CAMERAS);
                HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest asking = HttpRequest.newBuilder(URI.create(oriel.base() + "/api/streams"))
                    .header("User-Agent", "HomeAssistant/2026.11.0 aiohttp/3.14.5 Python/3.14")
                    .build();
            assertThat(http.send(asking, HttpResponse.BodyHandlers.discarding()).statusCode())
                    .isEqualTo(200);
            try (PageUnderTest page = open(oriel, 390)) {
                Locator home = page.raw().locator("home-assistant");
                page.awaitText(home, "Home Assistant 2026.11.0 asked Oriel");
                page.awaitText(home, "ago");
                assertThat(home.locator("pre")).hasCount(0);
            }
        }
    }

    @Test
    void mqttBroker_isSaid_whileItIsThere_andWhileItIsNot() throws Exception {
        int broker = EmbeddedBroker.shared().port();
        try (TestOriel oriel = TestOriel.startWithFile(folder, "go2rtc.yaml", "{" + CAMERAS + "}");
                PageUnderTest page = open(oriel, 390)) {
            Locator home = page.raw().locator("home-assistant");
            page.awaitText(home, "No MQTT broker is known, so cameras are not devices of Home Assistant.");
            Files.writeString(
                    folder.resolve("go2rtc.yaml"), "oriel: {mqtt: {host: 127.0.0.1, port: 1, base: page-it}}\n");
            oriel.server().reload();
            page.awaitText(home, "The MQTT broker 127.0.0.1:1 is not connected.");
            page.awaitText(home, "is not running, or oriel.mqtt.port is wrong");
            Files.writeString(
                    folder.resolve("go2rtc.yaml"),
                    "oriel: {mqtt: {host: 127.0.0.1, port: " + broker
                            + ", base: page-it, discovery_prefix: page-it-ha}}\n");
            oriel.server().reload();
            page.awaitText(home, "by the MQTT broker 127.0.0.1:" + broker + ", connected");
            page.assertAccessible();
            page.assertClean();
        }
    }

    @Test
    void homeAssistantThatStartedBeforeOriel_wasAskedToTryOnceMore_andThatIsSaid() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (FakeHomeAssistant home = FakeHomeAssistant.start()) {
            home.go2rtc("http://127.0.0.1:" + port, "camera.door");
            assertThat(home.startCore()).isEqualTo("setup_error");
            try (TestOriel oriel = TestOriel.start(
                            folder,
                            home.environment(),
                            "{api: {listen: \"127.0.0.1:" + port + "\"}, oriel: {access: {loopback: admin}}}");
                    PageUnderTest page = open(oriel, 390)) {
                Locator state = page.raw().locator("home-assistant");
                page.awaitText(state, "Oriel had it try once more");
                page.awaitText(state, "Home Assistant 2026.11.0 asked Oriel");
                page.awaitText(state, "Home Assistant 2026.11.0 answers.");
                page.assertAccessible();
                page.assertClean();
            }
        }
    }

    @Test
    void link_isMade_shownOnce_listed_andEnded() throws Exception {
        try (TestOriel oriel = TestOriel.start(folder, CAMERAS);
                PageUnderTest page = open(oriel, 390)) {
            Locator access = page.raw().locator("access-settings");
            page.raw().getByLabel("Camera").selectOption("Garage");
            page.raw().getByLabel("Lives").selectOption("an hour");
            page.button("Make a link").click();
            page.awaitText(access.locator("pre"), oriel.base() + "/stream.html?src=Garage&token=");
            page.awaitText(access.locator(".links"), "Garage");
            page.raw().reload();
            page.awaitText(access.locator(".links"), "Garage");
            assertThat(access.locator("pre")).hasCount(0);
            page.button("End the link to Garage").click();
            page.await("no link", () -> access.locator(".links").count() == 0);
            assertThat(oriel.get("/api/links").body()).isEqualTo("[]");
            page.assertClean();
        }
    }

    @Test
    void firstPassword_isShownToAdministratorsOfHomeAssistant() throws Exception {
        try (TestOriel oriel = TestOriel.start(
                        folder, new ListedUsers().with("anna", HomeUser.Group.ADMINISTRATOR), TestOriel.INGRESS);
                PrefixProxy proxy = PrefixProxy.ingress(oriel, "anna");
                PageUnderTest page = new PageUnderTest(browser, proxy.address() + "/", 390, 800).go("#/settings")) {
            page.awaitText(
                    page.raw().locator("access-settings pre"),
                    Files.readString(folder.resolve("password")).strip());
            page.awaitText(
                    page.raw().locator("home-assistant pre"), "go2rtc: {url: http://127.0.0.1:" + oriel.port() + "}");
            page.assertClean();
        }
    }

    @Test
    void noPortForPrograms_noLineThatNamesOne() throws Exception {
        try (TestOriel oriel = TestOriel.start(
                        folder,
                        new ListedUsers().with("anna", HomeUser.Group.ADMINISTRATOR),
                        "oriel: {ingress: {listen: \"127.0.0.1:0\", peer: 127.0.0.1}}",
                        "api: {listen: \"\"}");
                PrefixProxy proxy =
                        PrefixProxy.start("/api/hassio_ingress/t", oriel.ingressPort(), "X-Remote-User-Id: anna");
                PageUnderTest page = new PageUnderTest(browser, proxy.address() + "/", 390, 800).go("#/settings")) {
            page.awaitText(page.raw().locator("home-assistant"), "Home Assistant has not asked Oriel");
            assertThat(page.raw().locator("home-assistant pre").count()).isZero();
            page.assertClean();
        }
    }

    @Test
    void configuration_isReadAgain_andWhatCameOfItIsSaid() throws Exception {
        Path file = Files.writeString(folder.resolve("go2rtc.yaml"), CAMERAS + "\n");
        try (TestOriel oriel = TestOriel.startWithFile(folder, "go2rtc.yaml");
                PageUnderTest page = open(oriel, 390)) {
            Locator settings = page.raw().locator("configuration-settings");
            page.button("Read it again").click();
            page.awaitText(settings, "Nothing has changed.");
            Files.writeString(file, "streams: [\n");
            page.button("Read it again").click();
            page.awaitText(settings, "The configuration before goes on.");
        }
    }

    @Test
    void configurationInHomeAssistantsFolder_isUsed_andCopiedByOneClick() throws Exception {
        Path home = Files.createDirectory(folder.resolve("homeassistant"));
        Files.writeString(home.resolve("go2rtc.yaml"), CAMERAS + "\n");
        try (TestOriel oriel = TestOriel.startWithFile(folder, "go2rtc.yaml", "hass.config=homeassistant");
                PageUnderTest page = open(oriel, 390)) {
            Locator settings = page.raw().locator("configuration-settings");
            page.awaitText(settings, "Oriel uses it, and writes nothing there.");
            page.awaitText(settings.locator("table"), "Garage");
            page.button("Copy it to Oriel").click();
            page.await("our own file", () -> page.button("Copy it to Oriel").count() == 0);
            assertThat(Files.readString(folder.resolve("go2rtc.yaml"))).isEqualTo(CAMERAS + "\n");
            page.assertAccessible();
            page.assertClean();
        }
    }

    @Test
    void pastedConfiguration_isLookedThrough_lineByLine() throws Exception {
        try (TestOriel oriel = TestOriel.start(folder, CAMERAS);
                PageUnderTest page = open(oriel, 390)) {
            page.raw().getByLabel("Text of the file").fill(THEIRS);
            page.button("What works?").click();
            Locator table = page.raw().locator("configuration-settings table");
            page.awaitText(table, "garden");
            page.awaitText(table, "attic");
            assertThat(page.everything()).doesNotContain("s3cret");
            assertThat(oriel.get("/api/streams").body()).doesNotContain("attic");
            page.assertClean();
        }
    }
}
