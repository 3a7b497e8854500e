package oriel.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import oriel.access.HomeUser;
import oriel.access.ListedUsers;
import oriel.testing.TestOriel;
import oriel.testing.browser.Browser;
import oriel.testing.camera.SimulatedCamera;

/** The page for those who come from elsewhere: who they are, and what they may do. */
class SignInPageIT extends CameraScene {
    private static final String ELSEWHERE = "X-Forwarded-For: 203.0.113.9";
    private static final String LOGINS = "{api: {password: a long word}, oriel: {access: {users:"
            + " {anna: {role: viewer, streams: [Hall], password: ännas wörd}}}}}";

    @TempDir
    Path folder;

    private static String streams(SimulatedCamera camera) {
        return "streams: {Hall: \"" + camera.url() + "\", Bedroom: \"" + camera.url() + "\"}";
    }

    private static void signIn(PageUnderTest page, String user, String password) {
        page.raw().getByLabel("User").fill(user);
        page.raw().getByLabel("Password").fill(password);
        page.button("Sign in").click();
    }

    @Test
    void whoComesFromElsewhere_signsIn_andSeesWhatTheirRoleMay_untilTheySignOut() throws Exception {
        try (SimulatedCamera camera = camera();
                TestOriel oriel = TestOriel.start(folder, streams(camera), LOGINS);
                PrefixProxy proxy = PrefixProxy.start("/home", oriel.port(), ELSEWHERE);
                PageUnderTest page = new PageUnderTest(browser, proxy.address() + "/", 390, 800).go("")) {
            page.awaitText(page.raw().locator("sign-in"), "The first one is in the log of the first start");
            page.assertAccessible();
            page.raw()
                    .screenshot(new Page.ScreenshotOptions()
                            .setPath(Browser.screens().resolve("sign-in-390.png")));
            signIn(page, "anna", "no idea");
            page.awaitText(page.raw().locator("sign-in"), "User and password do not fit.");
            signIn(page, "anna", "ännas wörd");
            page.awaitState(page.tile("Hall"), "Live");
            page.awaitRisingNumber(page.tile("Hall"));
            assertThat(page.tile("Bedroom")).hasCount(0);
            assertThat(page.raw().locator("nav")).hasCount(0);

            page.raw().reload();
            page.awaitState(page.tile("Hall"), "Live");
            page.go("#/settings");
            page.awaitText(page.raw().locator("settings-page"), "You may not see this.");

            page.button("Sign out").click();
            assertThat(page.raw().locator("sign-in")).isVisible();
            assertThat(page.asked()).noneMatch(url -> url.contains("nnas"));
        }
    }

    @Test
    void admin_hasTheMenu_andWhatBelongsToIt() throws Exception {
        try (SimulatedCamera camera = camera();
                TestOriel oriel = TestOriel.start(folder, streams(camera), LOGINS);
                PrefixProxy proxy = PrefixProxy.start("/home", oriel.port(), ELSEWHERE);
                PageUnderTest page = new PageUnderTest(browser, proxy.address() + "/", 1280, 800).go("")) {
            signIn(page, "admin", "a long word");
            page.awaitState(page.tile("Bedroom"), "Live");
            // A WebSocket carries no login, but a token that it is exchanged for: nothing is asked for again and again.
            oriel.call("PUT", "/api/streams?name=Attic&src=rtsp://127.0.0.1:9/attic");
            page.await("the new camera", () -> page.tile("Attic").count() == 1);
            assertThat(page.asked()).noneMatch(url -> url.endsWith("/api/streams"));
            page.raw().locator("nav a").nth(1).click();
            page.awaitText(page.raw().locator("access-settings"), "You are admin: everything is allowed.");
            page.awaitText(page.raw().locator("access-settings .users"), "looking is allowed");
            page.assertAccessible();
        }
    }

    @Test
    void whomHomeAssistantDoesNotKnow_isToldThatTheyMayNot() throws Exception {
        try (TestOriel oriel = TestOriel.start(
                        folder, new ListedUsers().with("anna", HomeUser.Group.OTHER), TestOriel.INGRESS);
                PrefixProxy proxy = PrefixProxy.ingress(oriel, "nobody");
                PageUnderTest page = new PageUnderTest(browser, proxy.address() + "/", 390, 800).go("")) {
            page.awaitText(page.raw().locator("main"), "You may not see this. Ask who runs this home.");
            page.assertAccessible();
            assertThat(page.raw().locator("sign-in")).hasCount(0);
        }
    }

    @Test
    void sessionThatHomeAssistantEnds_isSaid_andNobodyTypesALogin() throws Exception {
        try (TestOriel oriel = TestOriel.start(
                        folder, new ListedUsers().with("anna", HomeUser.Group.ADMINISTRATOR), TestOriel.INGRESS);
                PrefixProxy proxy = PrefixProxy.ingress(oriel, "anna");
                PageUnderTest page = new PageUnderTest(browser, proxy.address() + "/", 390, 800)) {
            page.raw().routeWebSocket(url -> url.contains("/events"), line -> line.close());
            page.go("");
            page.awaitText(page.raw().locator("camera-wall"), "No cameras yet");
            page.raw()
                    .route(
                            url -> url.contains("/api/streams"),
                            route -> route.fulfill(new com.microsoft.playwright.Route.FulfillOptions()
                                    .setStatus(401)
                                    .setBody("401: Unauthorized")));
            page.awaitText(page.raw().locator("main"), "Home Assistant ended this session.");
            assertThat(page.button("Reload")).isVisible();
            assertThat(page.raw().locator("sign-in")).hasCount(0);
        }
    }
}
