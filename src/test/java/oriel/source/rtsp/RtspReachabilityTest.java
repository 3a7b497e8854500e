package oriel.source.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.base.Failure;
import oriel.base.Seams;
import oriel.net.Dialer;
import oriel.net.MediaLoops;
import oriel.testing.MemoryPins;
import oriel.testing.camera.CameraAuth;
import oriel.testing.camera.CameraMedia;
import oriel.testing.camera.CameraRequest;
import oriel.testing.camera.CameraTrack;
import oriel.testing.camera.SimulatedCamera;

/** Looking whether a camera is there, on real sockets. */
@Timeout(30)
class RtspReachabilityTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final CameraMedia MEDIA = CameraMedia.of(CameraTrack.talk());

    private final MediaLoops loops = MediaLoops.open();
    private final RtspReachability reachability =
            new RtspReachability(new Dialer(loops, Seams.system(), new MemoryPins()), loops::next, Seams.system());

    @AfterEach
    void end() {
        loops.close();
    }

    @Test
    void camera_isAskedOptionsAlone_withoutALogin() throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(MEDIA)
                .user("admin", "secret")
                .auth(CameraAuth.BASIC)
                .start()) {
            for (int i = 0; i < 3; i++) {
                assertThat(reachability.look(camera.url(), PATIENCE)).isEmpty();
            }
            Set<String> methods =
                    camera.requests().stream().map(CameraRequest::method).collect(Collectors.toSet());
            assertThat(methods).containsExactly("OPTIONS");
            assertThat(camera.requests()).allSatisfy(request -> {
                assertThat(request.header("Authorization")).isEmpty();
                assertThat(request.uri()).doesNotContain("secret");
            });
            camera.await(() -> camera.connections() == 3);
        }
    }

    @Test
    void closedPort_isRefused() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(reachability
                        .look("rtsp://127.0.0.1:" + port + "/a", PATIENCE)
                        .map(Failure::code))
                .isEqualTo(Optional.of("refused"));
    }

    @Test
    void silentCamera_isATimeout() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Optional<Failure> failure =
                    reachability.look("rtsp://127.0.0.1:" + socket.getLocalPort() + "/a", Duration.ofMillis(300));
            assertThat(failure.map(Failure::code)).isEqualTo(Optional.of("timeout"));
        }
    }

    @Test
    void cameraThatHangsUp_isAProtocolFailure() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try {
                    var accepted = socket.accept();
                    accepted.getInputStream().read();
                    accepted.close();
                } catch (java.io.IOException e) {
                    // The test is over.
                }
            });
            Optional<Failure> failure = reachability.look("rtsp://127.0.0.1:" + socket.getLocalPort() + "/a", PATIENCE);
            assertThat(failure.map(Failure::code)).isEqualTo(Optional.of("protocol"));
        }
    }
}
