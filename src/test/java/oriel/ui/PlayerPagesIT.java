package oriel.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.Test;
import oriel.testing.Proves;
import oriel.testing.browser.DemoScene;

/** go2rtc's pages with players alone, in Chromium. */
class PlayerPagesIT extends DemoScene {
    private static PageUnderTest open(String address) {
        return new PageUnderTest(browser, oriel.base() + "/", 800, 600).go(address);
    }

    private static Locator players(PageUnderTest page) {
        return page.raw().locator("oriel-player");
    }

    private static String flex(PageUnderTest page) {
        return (String)
                page.raw().locator("section").first().evaluate("section => getComputedStyle(section).flexBasis");
    }

    @Test
    @Proves("S-143")
    void webrtcAndAName_isAPageThatPlaysTheStream() throws Exception {
        try (PageUnderTest page = open("webrtc/demo")) {
            page.awaitRisingNumber(players(page));
            assertThat(page.raw().title()).isEqualTo("demo – Oriel");
            page.button("Sound").click();
            page.await("sound", () -> page.audioEnergy() > 0);
            page.assertAccessible();
            page.assertClean();
        }
    }

    @Test
    void webrtcAndAName_ofNoStream_saysSo() {
        try (PageUnderTest page = open("webrtc/none%2Fof%20these")) {
            page.awaitText(page.raw().locator("section > p"), "stream not found");
            assertThat(page.raw().title()).isEqualTo("none/of these – Oriel");
            page.assertClean();
        }
    }

    @Test
    void webrtcHtml_playsOneStream_withoutTheSoundThatWasNotAskedFor() throws Exception {
        try (PageUnderTest page = open("webrtc.html?src=demo&src=other&media=video")) {
            page.awaitRisingNumber(players(page));
            assertThat(players(page).count()).isEqualTo(1);
            assertThat(players(page).getAttribute("media")).isNull();
            assertThat((String) players(page).evaluate("player => player.media"))
                    .isEqualTo("video");
            assertThat(page.button("Sound").isDisabled()).isTrue();
            page.assertAccessible();
            page.assertClean();
        }
    }

    @Test
    void webrtcHtml_withAMicrophone_playsAndSaysThatThereIsNoTalkYet() {
        try (PageUnderTest page = open("webrtc.html?src=demo&media=video+audio+microphone")) {
            page.awaitRisingNumber(players(page));
            assertThat((String) players(page).evaluate("player => player.media"))
                    .isEqualTo("video,audio");
            page.awaitText(page.raw().locator("body > p"), "does not send any to a camera yet");
            page.assertClean();
        }
    }

    @Test
    void streamHtml_playsSeveral_andGoesOnInAHiddenTab() {
        try (PageUnderTest page = open("stream.html?src=demo&src=demo&mode=webrtc,mse&width=45%25")) {
            page.awaitRisingNumber(players(page).first());
            page.awaitRisingNumber(players(page).last());
            assertThat(players(page).count()).isEqualTo(2);
            assertThat(page.openPeers()).isEqualTo(2);
            assertThat(flex(page)).isEqualTo("45%");
            page.hide(true);
            assertThat((Boolean) players(page).first().evaluate("player => player.background"))
                    .isTrue();
            page.awaitRisingNumber(players(page).first());
            page.assertClean();
        }
    }

    @Test
    void streamHtml_severalModesOfOne_areAPlayerEach_andFillNothing() throws Exception {
        try (PageUnderTest page = open("stream.html?src=demo&mode=webrtc&mode=webrtc/tcp&width=nonsense")) {
            page.awaitRisingNumber(players(page).last());
            assertThat(players(page).count()).isEqualTo(2);
            assertThat(flex(page)).isEqualTo("320px");
            page.assertAccessible();
            page.assertClean();
        }
    }

    @Test
    void streamHtml_withoutBackground_letsGoInAHiddenTab_andComesBack() {
        try (PageUnderTest page = open("stream.html?src=demo&background=false")) {
            page.awaitRisingNumber(players(page));
            page.hide(true);
            page.await("no connection", () -> page.openPeers() == 0);
            page.hide(false);
            page.awaitRisingNumber(players(page));
            page.assertClean();
        }
    }

    @Test
    void streamHtml_withoutAStream_saysHowToNameOne() throws Exception {
        try (PageUnderTest page = open("stream.html")) {
            page.awaitText(page.raw().locator("main"), "?src=garden");
            page.assertAccessible();
            page.assertClean();
        }
    }
}
