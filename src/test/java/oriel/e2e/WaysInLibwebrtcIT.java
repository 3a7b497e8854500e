package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oriel.testing.TestOriel;
import oriel.testing.camera.CameraMedia;
import oriel.testing.camera.EncodedPictures;
import oriel.testing.camera.SimulatedCamera;
import oriel.testing.viewer.LibwebrtcViewer;
import oriel.testing.viewer.ViewerDoors;

/** The engine of browsers and apps with one way only: TCP, or IPv6. */
@Timeout(120)
class WaysInLibwebrtcIT {
    private static EncodedPictures pictures;

    @TempDir
    private Path folder;

    @BeforeAll
    static void encode() throws Exception {
        pictures = EncodedPictures.encode(320, 192, 50);
    }

    private void plays(String webrtc) throws Exception {
        try (SimulatedCamera camera =
                        SimulatedCamera.of(CameraMedia.of(pictures.track())).start();
                TestOriel oriel = TestOriel.start(folder, Watch.stream("door", camera.url()), webrtc);
                LibwebrtcViewer viewer = LibwebrtcViewer.open(false)) {
            viewer.answer(ViewerDoors.json(oriel.base(), "door", viewer.offer()));
            viewer.awaitPictures(50);
            assertThat(viewer.stats().packetsLost()).isZero();
        }
    }

    @Test
    void tcpOnly_plays() throws Exception {
        plays("{webrtc: {listen: \":0/tcp\"}}");
    }

    @Test
    void ipv6Only_plays() throws Exception {
        WaysInChromiumIT.requireIpv6();
        plays("{webrtc: {listen: \":0\", filters: {networks: [udp6]}}}");
    }

    @Test
    void ipv6OverTcpOnly_plays() throws Exception {
        WaysInChromiumIT.requireIpv6();
        plays("{webrtc: {listen: \":0\", filters: {networks: [tcp6]}}}");
    }
}
