package oriel.e2e;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oriel.testing.TestOriel;
import oriel.testing.camera.CameraMedia;
import oriel.testing.camera.CameraTrack;
import oriel.testing.camera.SimulatedCamera;
import oriel.testing.viewer.RtpViewer;
import oriel.testing.viewer.ViewerOffer;

/** A camera, an Oriel, viewers: what a test opens here is closed behind it, the latest first. */
@Timeout(60)
abstract class ViewerScene {
    @TempDir
    Path folder;

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    @AfterEach
    void closeAll() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    <T extends AutoCloseable> T keep(T resource) {
        opened.push(resource);
        return resource;
    }

    SimulatedCamera camera(CameraTrack... tracks) {
        return keep(SimulatedCamera.of(CameraMedia.of(tracks)).start());
    }

    /** With one stream, {@code door}. */
    TestOriel oriel(String... sources) throws Exception {
        return keep(TestOriel.start(folder, Watch.stream("door", sources)));
    }

    /** Watches {@code door}. */
    RtpViewer watch(TestOriel oriel, ViewerOffer offer) throws Exception {
        return keep(Watch.watch(oriel, "door", offer));
    }
}
