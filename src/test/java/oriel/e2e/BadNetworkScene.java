package oriel.e2e;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oriel.testing.TestOriel;
import oriel.testing.camera.CameraMedia;
import oriel.testing.camera.DemoFootage;
import oriel.testing.camera.SimulatedCamera;
import oriel.testing.impair.UdpImpairer;
import oriel.worker.DemoRequest;

/** A camera with a picture of 1280 by 736, 25 times a second, and an Oriel that has it as {@code door}. */
@Timeout(180)
abstract class BadNetworkScene {
    static final int SECOND = 25;

    private static DemoFootage footage;

    @TempDir
    private Path folder;

    private SimulatedCamera camera;
    TestOriel oriel;

    @BeforeAll
    static void encode() throws Exception {
        footage = DemoFootage.of(
                DemoRequest.standard().sized(1280, 736).paced(SECOND, SECOND).silent(), 10 * SECOND);
    }

    @BeforeEach
    void open() throws Exception {
        camera = SimulatedCamera.of(CameraMedia.of(footage.video())).start();
        oriel = TestOriel.start(folder, Watch.stream("door", camera.url()));
    }

    @AfterEach
    void close() {
        if (oriel != null) {
            oriel.close();
        }
        camera.close();
    }

    /** A network before Oriel's media port, perfect as yet. */
    UdpImpairer network() throws Exception {
        int port = oriel.gateway().webrtcPort().orElseThrow();
        return UdpImpairer.before(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BadNetworks.SEED);
    }
}
