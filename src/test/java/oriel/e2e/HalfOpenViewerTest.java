package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.testing.TestOriel;
import oriel.testing.camera.SimulatedCamera;
import oriel.testing.camera.SyntheticPictures;
import oriel.testing.impair.Impairment;
import oriel.testing.impair.UdpImpairer;
import oriel.testing.viewer.RtpViewer;
import oriel.testing.viewer.TcpForwarder;
import oriel.testing.viewer.ViewerDoors;
import oriel.testing.viewer.ViewerOffer;

/** Viewers whose network carries one direction only, for good: each is let go, and who else watches notices nothing. */
@Timeout(120)
class HalfOpenViewerTest extends ViewerScene {
    private static final Duration PATIENCE = Duration.ofSeconds(60); // 15 s if the machine is idle
    private static final int SEED = 11;

    private SimulatedCamera camera;
    private TestOriel oriel;
    private RtpViewer watching;

    @BeforeEach
    void watch() throws Exception {
        camera = camera(SyntheticPictures.of(25).track());
        oriel = keep(
                TestOriel.start(folder, Watch.stream("door", camera.url()), "{webrtc: {listen: \"127.0.0.1:0\"}}"));
        watching = watch(oriel, ViewerOffer.CHROMIUM);
        watching.awaitFrames("video", 3);
    }

    private InetSocketAddress here() {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), oriel.gateway().webrtcPort().orElseThrow());
    }

    private RtpViewer watchThrough(UdpImpairer network) throws Exception {
        RtpViewer viewer = keep(RtpViewer.of(ViewerOffer.CHROMIUM).open());
        viewer.answer(ViewerDoors.json(oriel.base(), "door", viewer.offer()), network.front());
        viewer.awaitFrames("video", 3);
        return viewer;
    }

    private RtpViewer watchThrough(TcpForwarder tunnel) throws Exception {
        tunnel.to(here());
        RtpViewer viewer = keep(RtpViewer.of(ViewerOffer.CHROMIUM).open());
        viewer.answerByTcp(
                ViewerDoors.json(oriel.base(), "door", viewer.offer()),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), tunnel.port()));
        viewer.awaitFrames("video", 3);
        return viewer;
    }

    private int consumers() throws Exception {
        return Watch.items(oriel.stream("door"), "consumers").items().size();
    }

    private long silent() throws Exception {
        JsonObject limits =
                (JsonObject) Json.parse(oriel.get("/api/oriel/limits").body());
        return count(limits, "viewer-silent");
    }

    private static long count(JsonObject limits, String reason) {
        return limits.object("drops").orElseThrow().members().values().stream()
                .mapToLong(room -> ((JsonObject) room).integer(reason).orElse(0))
                .sum();
    }

    private void awaitOneLeft() {
        Awaitility.await("one consumer").atMost(PATIENCE).until(() -> consumers() == 1);
    }

    private void watchesOn() throws Exception {
        watching.awaitPackets("video", watching.track("video").count() + 50);
        assertThat(watching.track("video").missing()).isZero();
        assertThat(watching.refused()).isZero();
        assertThat(watching.over()).isEmpty();
        assertThat(camera.playing()).isOne();
    }

    @Test
    void udp_thatCarriesOneDirectionOnly_isLetGo_andOthersLoseNothing() throws Exception {
        UdpImpairer noWayUp = keep(UdpImpairer.before(here(), SEED));
        UdpImpairer noWayDown = keep(UdpImpairer.before(here(), SEED));
        RtpViewer unheard = watchThrough(noWayUp);
        RtpViewer deaf = watchThrough(noWayDown);
        noWayUp.impair(Impairment.DEAD, Impairment.NONE);
        noWayDown.impair(Impairment.NONE, Impairment.DEAD);
        awaitOneLeft();

        assertThat(silent()).isEqualTo(2);
        unheard.awaitOver(); // The goodbye has a way.
        assertThat(deaf.over()).isEmpty();
        watchesOn();
    }

    @Test
    void tcp_thatCarriesOneDirectionOnly_isLetGo_andOthersLoseNothing() throws Exception {
        TcpForwarder noWayUp = keep(TcpForwarder.start());
        TcpForwarder noWayDown = keep(TcpForwarder.start());
        watchThrough(noWayUp);
        watchThrough(noWayDown);
        noWayUp.stop(true, false);
        noWayDown.stop(false, true);
        awaitOneLeft();

        // Who reads nothing may be let go for that before he is missed.
        assertThat(silent()).isBetween(1L, 2L);
        watchesOn();
    }

    @Test
    void tcp_thatIsSlow_playsOn() throws Exception {
        TcpForwarder tunnel = keep(TcpForwarder.start());
        tunnel.delay(Duration.ofMillis(100));
        RtpViewer viewer = watchThrough(tunnel);
        viewer.awaitFrames("video", 25);
        assertThat(viewer.track("video").missing()).isZero();
        assertThat(viewer.refused()).isZero();
    }
}
