package oriel.testing.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The browser fixture itself: that it reads the burnt-in number, and only a whole one. */
class BrowserIT extends BrowserScene {
    /** Paints a number as the demo does, and plays the canvas in a video; the last block is turned over if asked. */
    private static final String PAINT = """
            async ([number, damaged]) => {
              const canvas = document.createElement('canvas');
              canvas.width = 640; canvas.height = 360;
              const context = canvas.getContext('2d');
              const check = (number ^ (number >> 8) ^ (number >> 16)) & 255;
              const bits = number.toString(2).padStart(24, '0') + (check ^ (damaged ? 1 : 0)).toString(2).padStart(8, '0');
              const paint = () => [...bits].forEach((bit, i) => {
                context.fillStyle = bit === '1' ? 'white' : 'black';
                context.fillRect(i * 20, 0, 20, 16);
              });
              const video = Object.assign(document.createElement('video'), { id: 'v', muted: true });
              document.body.replaceChildren(video);
              video.srcObject = canvas.captureStream(25);
              const timer = setInterval(paint, 40);
              await video.play();
              await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
              clearInterval(timer);
            }""";

    @Test
    void frameNumber_painted_isReadBack() {
        try (BrowserPage page = browser.page()) {
            for (int number : new int[] {0, 1, 0x5A5A5A, 0xFFFFFF}) {
                page.evaluate(PAINT, new Object[] {number, false});
                assertThat(page.frameNumber("#v")).hasValue(number);
            }
        }
    }

    @Test
    void frameNumber_damaged_isNone() {
        try (BrowserPage page = browser.page()) {
            page.evaluate(PAINT, new Object[] {4711, true});
            assertThat(page.frameNumber("#v")).isEmpty();
        }
    }

    @Test
    void frameNumber_ofAPageWithoutVideo_isNone() {
        try (BrowserPage page = browser.page()) {
            assertThat(page.frameNumber("#v")).isEmpty();
            assertThat(page.peers()).isZero();
            assertThat(page.peerStats()).isEmpty();
        }
    }

    @Test
    void awaitTrue_asynchronousFunction_waitsForWhatItPromises() {
        try (BrowserPage page = browser.page()) {
            page.evaluate("() => { globalThis.looks = 0; }");
            page.awaitTrue("async () => { globalThis.looks++; return globalThis.looks >= 3; }");
            assertThat(page.evaluate("() => globalThis.looks")).isEqualTo(3);
        }
    }

    @Test
    void errors_ofConsoleAndScripts_areKept() {
        try (BrowserPage page = browser.page()) {
            page.evaluate("() => { console.error('first'); setTimeout(() => { throw new Error('second'); }); }");
            page.awaitTrue("() => new Promise((resolve) => setTimeout(() => resolve(true)))");
            assertThat(String.join("\n", page.errors())).contains("first", "second");
        }
    }
}
