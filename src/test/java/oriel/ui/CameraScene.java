package oriel.ui;

import org.junit.jupiter.api.BeforeAll;
import oriel.testing.browser.BrowserScene;
import oriel.testing.camera.CameraMedia;
import oriel.testing.camera.DemoFootage;
import oriel.testing.camera.SimulatedCamera;
import oriel.worker.DemoRequest;

/** Chromium, and cameras with a small picture, ten times a second. */
abstract class CameraScene extends BrowserScene {
    static DemoFootage footage;

    @BeforeAll
    static void encode() throws Exception {
        footage = DemoFootage.of(DemoRequest.standard().sized(320, 192).paced(10, 10), 100);
    }

    static SimulatedCamera camera() {
        return SimulatedCamera.of(CameraMedia.of(footage.video())).start();
    }
}
