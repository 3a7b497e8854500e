package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import oriel.base.JsonObject;
import oriel.testing.Proves;
import oriel.testing.TestOriel;
import oriel.testing.camera.SimulatedCamera;
import oriel.testing.camera.SyntheticPictures;
import oriel.testing.viewer.RtpViewer;
import oriel.testing.viewer.TcpForwarder;
import oriel.testing.viewer.ViewerDoors;
import oriel.testing.viewer.ViewerOffer;

/** Viewers that come by TCP: everything goes over their one connection. */
class TcpViewerTest extends ViewerScene {
    private static final String TCP_ONLY = "{webrtc: {listen: \"127.0.0.1:0/tcp\"}}";

    private SimulatedCamera camera() {
        return camera(SyntheticPictures.of(25).track());
    }

    private TestOriel oriel(String webrtc) throws Exception {
        return keep(TestOriel.start(folder, Watch.stream("door", camera().url()), webrtc));
    }

    private RtpViewer viewer() {
        return keep(RtpViewer.of(ViewerOffer.CHROMIUM).open());
    }

    private static InetSocketAddress here(TestOriel oriel) {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), oriel.gateway().webrtcPort().orElseThrow());
    }

    @Test
    @Proves("S-183")
    void tcpOnly_announcesNoUdp_andPlays() throws Exception {
        TestOriel oriel = oriel(TCP_ONLY);
        RtpViewer viewer = viewer();
        viewer.answerByTcp(ViewerDoors.json(oriel.base(), "door", viewer.offer()));
        viewer.awaitFrames("video", 10);
        assertThat(viewer.answered().candidates())
                .isNotEmpty()
                .allMatch(line -> line.contains(" 1 tcp ") && line.endsWith(" tcptype passive"));
        assertThat(viewer.refused()).isZero();
        assertThat(viewer.track("video").missing()).isZero();
        assertThat(viewer.profile()).isEqualTo(7);
    }

    @Test
    @Proves({"S-097", "S-098", "S-124"})
    void onePort_forUdpAndTcp_isAnnouncedForBoth_andPlaysOverBoth() throws Exception {
        TestOriel oriel = oriel("{webrtc: {listen: \"127.0.0.1:0\"}}");
        RtpViewer byTcp = viewer();
        byTcp.answerByTcp(ViewerDoors.json(oriel.base(), "door", byTcp.offer()));
        RtpViewer byUdp = viewer();
        byUdp.answer(ViewerDoors.json(oriel.base(), "door", byUdp.offer()));
        byTcp.awaitFrames("video", 5);
        byUdp.awaitFrames("video", 5);
        String port = " " + oriel.gateway().webrtcPort().orElseThrow() + " typ host";
        assertThat(byTcp.answered().candidates())
                .allMatch(line -> line.contains(port))
                .anyMatch(line -> line.contains(" 1 tcp "))
                .anyMatch(line -> line.contains(" 1 udp "));
    }

    @Test
    @Proves("S-103")
    void tunnelOfOnesOwn_asAStaticCandidate_carriesTheViewer() throws Exception {
        TcpForwarder tunnel = keep(TcpForwarder.start());
        TestOriel oriel = oriel("{webrtc: {listen: \"127.0.0.1:0/tcp\", filters: {candidates: []}, candidates: [\""
                + "127.0.0.1:" + tunnel.port() + "\"]}}");
        tunnel.to(here(oriel));
        RtpViewer viewer = viewer();
        viewer.answerByTcp(ViewerDoors.json(oriel.base(), "door", viewer.offer()));
        assertThat(viewer.answered().candidates())
                .singleElement()
                .asString()
                .contains(" 127.0.0.1 " + tunnel.port() + " typ host tcptype passive");
        viewer.awaitFrames("video", 10);
        assertThat(tunnel.connections()).isOne();
        assertThat(tunnel.bytesOut()).isGreaterThan(tunnel.bytesIn());
    }

    @Test
    @Proves("S-122")
    void everyPacketOverTcp_isEncrypted_withKeysOfThisViewer() throws Exception {
        TcpForwarder tunnel = keep(TcpForwarder.start());
        TestOriel oriel = oriel(TCP_ONLY);
        tunnel.to(here(oriel));
        tunnel.records();
        RtpViewer viewer = viewer();
        viewer.answerByTcp(
                ViewerDoors.json(oriel.base(), "door", viewer.offer()),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), tunnel.port()));
        viewer.awaitFrames("video", 10);
        // What the viewer opened was in no packet as it is.
        byte[] clear = viewer.track("video").packets().getLast().payload();
        assertThat(viewer.track("video").packets()).hasSizeGreaterThan(9);
        assertThat(indexOf(tunnel.recorded(), clear)).isEqualTo(-1);
    }

    @Test
    void udpThatDies_isFollowedToTcp_andBack() throws Exception {
        TestOriel oriel = oriel("{webrtc: {listen: \"127.0.0.1:0\"}}");
        RtpViewer viewer = viewer();
        viewer.answer(ViewerDoors.json(oriel.base(), "door", viewer.offer()));
        viewer.awaitFrames("video", 3);
        viewer.moveToTcp(here(oriel));
        viewer.awaitPackets("video", viewer.track("video").count() + 30);
        viewer.moveToUdp(here(oriel));
        viewer.awaitPackets("video", viewer.track("video").count() + 30);
        assertThat(viewer.over()).isEmpty();
    }

    @Test
    void connectionThatBreaks_leavesTheViewerTimeToComeAgain() throws Exception {
        TcpForwarder tunnel = keep(TcpForwarder.start());
        TestOriel oriel = oriel(TCP_ONLY);
        tunnel.to(here(oriel));
        InetSocketAddress at = new InetSocketAddress(InetAddress.getLoopbackAddress(), tunnel.port());
        RtpViewer viewer = viewer();
        viewer.answerByTcp(ViewerDoors.json(oriel.base(), "door", viewer.offer()), at);
        viewer.awaitFrames("video", 3);
        tunnel.cut();
        viewer.moveToTcp(at);
        viewer.awaitPackets("video", viewer.track("video").count() + 30);
        assertThat(tunnel.connections()).isEqualTo(2);
    }

    @Test
    void strangers_slowSilentOrLoud_disturbNobody_andDoNotKeepNewViewersOut() throws Exception {
        TestOriel oriel = oriel(TCP_ONLY);
        RtpViewer viewer = viewer();
        viewer.answerByTcp(ViewerDoors.json(oriel.base(), "door", viewer.offer()));
        viewer.awaitFrames("video", 3);
        InetSocketAddress at = here(oriel);
        for (int i = 0; i < 200; i++) {
            Socket stranger = keep(new Socket(at.getAddress(), at.getPort()));
            switch (i % 3) {
                case 0 -> stranger.getOutputStream().write(new byte[] {0, 100, 0, 1});
                case 1 -> stranger.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1, 0, 1});
                default -> {}
            }
        }
        RtpViewer late = viewer();
        late.answerByTcp(ViewerDoors.json(oriel.base(), "door", late.offer()));
        late.awaitFrames("video", 3);
        viewer.awaitPackets("video", viewer.track("video").count() + 50);
        assertThat(viewer.track("video").missing()).isZero();
        assertThat(viewer.over()).isEmpty();
        assertThat(oriel.gateway().webrtcDrops().of("tcp-crowded")).isPositive();
        assertThat(oriel.gateway().webrtcDrops().of("tcp-frame")).isPositive();
    }

    @Test
    void readerThatStops_skipsToAKeyFrame_insteadOfQueueing_andOthersLoseNothing() throws Exception {
        SimulatedCamera camera =
                camera(SyntheticPictures.of(25).sized(40_000, 20_000).track());
        TestOriel oriel = keep(TestOriel.start(folder, Watch.stream("door", camera.url()), TCP_ONLY));
        RtpViewer slow = viewer();
        slow.answerByTcp(ViewerDoors.json(oriel.base(), "door", slow.offer()));
        RtpViewer other = viewer();
        other.answerByTcp(ViewerDoors.json(oriel.base(), "door", other.offer()));
        slow.awaitFrames("video", 5);
        other.awaitFrames("video", 5);
        slow.pause(true);
        oriel.awaitStream("door", stream -> skipped(stream) > 0);
        slow.pause(false);
        // What was on its way comes late, then it goes on at a key frame.
        long highest = other.track("video").frames().size();
        other.awaitFrames("video", (int) highest + 25);
        slow.awaitPackets("video", slow.track("video").count() + 100);
        assertThat(slow.over()).isEmpty();
        assertThat(other.track("video").missing()).isZero();
    }

    private static long skipped(JsonObject stream) {
        return Watch.items(stream, "consumers").items().stream()
                .map(JsonObject.class::cast)
                .flatMap(consumer -> consumer.object("drops").stream())
                .mapToLong(drops -> drops.integer("socket-full").orElse(0))
                .sum();
    }

    @Test
    void viewerThatLeaves_closesItsConnection() throws Exception {
        TestOriel oriel = oriel(TCP_ONLY);
        RtpViewer viewer = viewer();
        viewer.answerByTcp(ViewerDoors.json(oriel.base(), "door", viewer.offer()));
        viewer.awaitFrames("video", 2);
        oriel.awaitStream(
                "door", stream -> !Watch.items(stream, "consumers").items().isEmpty());
        viewer.close();
        oriel.awaitStream(
                "door", stream -> Watch.items(stream, "consumers").items().isEmpty());
    }

    private static int indexOf(byte[] all, byte[] part) {
        for (int at = 0; at + part.length <= all.length; at++) {
            if (Arrays.equals(all, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        return -1;
    }
}
