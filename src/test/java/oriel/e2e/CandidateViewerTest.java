package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import oriel.base.JsonObject;
import oriel.testing.Proves;
import oriel.testing.TestOriel;
import oriel.testing.camera.SimulatedCamera;
import oriel.testing.camera.SyntheticPictures;
import oriel.testing.viewer.LoopbackStunServer;
import oriel.testing.viewer.RtpViewer;
import oriel.testing.viewer.SignalingSocket;
import oriel.testing.viewer.ViewerDoors;
import oriel.testing.viewer.ViewerOffer;

/** Where viewers are told to come to, and how they are found. */
class CandidateViewerTest extends ViewerScene {
    private SimulatedCamera camera() {
        return camera(SyntheticPictures.of(25).track());
    }

    private TestOriel oriel(SimulatedCamera camera, String webrtc) throws Exception {
        return keep(TestOriel.start(folder, Watch.stream("door", camera.url()), "{webrtc: {" + webrtc + "}}"));
    }

    private RtpViewer viewer() {
        return keep(RtpViewer.of(ViewerOffer.CHROMIUM).open());
    }

    private static int port(TestOriel oriel) {
        return oriel.gateway().webrtcPort().orElseThrow();
    }

    @Test
    void theAddressThatTheOfferWasSentTo_isOneMoreCandidate() throws Exception {
        TestOriel oriel = oriel(camera(), "");
        RtpViewer viewer = viewer();
        String body = JsonObject.builder()
                .put("type", "offer")
                .put("sdp", viewer.offer())
                .build()
                .toString();
        // As behind a bridge: the request's Host is an address that no interface here has.
        String answer = rawPost(oriel, "198.51.100.7:" + oriel.port(), body);
        assertThat(answer).contains(" udp ").contains("198.51.100.7 " + port(oriel) + " typ host");
        viewer.answer(
                ViewerDoors.field(answer.substring(answer.indexOf("{")), "sdp"),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port(oriel)));
        viewer.awaitFrames("video", 2);
    }

    @Test
    @Proves({"S-099", "S-101"})
    void configuredCandidate_isAnnounced_withAPortThatDiffersFromOurs() throws Exception {
        TestOriel oriel = oriel(camera(), "candidates: [\"203.0.113.9:18555\"]");
        RtpViewer viewer = viewer();
        viewer.answer(
                ViewerDoors.json(oriel.base(), "door", viewer.offer()),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port(oriel)));
        viewer.awaitFrames("video", 2);
        assertThat(viewer.answered().candidates())
                .anySatisfy(line -> assertThat(line).contains(" 203.0.113.9 18555 typ host"));
        assertThat(viewer.answered().text()).contains("a=end-of-candidates");
    }

    @Test
    @Proves("S-104")
    void iceServers_giveAServerReflexiveCandidate_alsoInAnAnswerThatHoldsAll() throws Exception {
        LoopbackStunServer stun =
                keep(LoopbackStunServer.start(new InetSocketAddress(InetAddress.ofLiteral("203.0.113.77"), 40_123)));
        TestOriel oriel = oriel(camera(), "ice_servers: [{urls: [\"" + stun.url() + "\"]}]");
        RtpViewer viewer = viewer();
        viewer.answer(
                ViewerDoors.json(oriel.base(), "door", viewer.offer()),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port(oriel)));
        viewer.awaitFrames("video", 2);
        assertThat(viewer.answered().candidates())
                .anySatisfy(line -> assertThat(line).contains(" 203.0.113.77 40123 typ srflx raddr "));
        assertThat(stun.asked()).isOne();
    }

    @Test
    void overASocket_theReflexiveCandidateComes_andNeverBeforeTheAnswer() throws Exception {
        LoopbackStunServer stun =
                keep(LoopbackStunServer.start(new InetSocketAddress(InetAddress.ofLiteral("203.0.113.77"), 40_123)));
        TestOriel oriel = oriel(camera(), "ice_servers: [{urls: [\"" + stun.url() + "\"]}]");
        // The second time the server's answer is still known, so that the candidate is there before the answer is.
        for (int i = 0; i < 2; i++) {
            RtpViewer viewer = viewer();
            SignalingSocket socket = keep(SignalingSocket.open(oriel.base(), "src=door"));
            socket.send("webrtc/offer", viewer.offer());
            JsonObject found =
                    socket.await(message -> message.string("type").orElse("").equals("webrtc/candidate")
                            && message.string("value").orElse("").contains("203.0.113.77 40123 typ srflx"));
            List<JsonObject> messages = socket.messages();
            assertThat(messages.getFirst().string("type")).contains("webrtc/answer");
            assertThat(messages.indexOf(found)).isPositive();
            viewer.answer(socket.awaitText("webrtc/answer"));
            viewer.awaitFrames("video", 2);
        }
        assertThat(stun.asked()).isOne();
    }

    @Test
    @Proves({"S-100", "S-101"})
    void stunWithAPort_isTheAddressThatServersSee_withTheForwardedPort() throws Exception {
        LoopbackStunServer stun =
                keep(LoopbackStunServer.start(new InetSocketAddress(InetAddress.ofLiteral("203.0.113.77"), 40_123)));
        TestOriel oriel =
                oriel(camera(), "candidates: [\"stun:28555\"], ice_servers: [{urls: \"" + stun.url() + "\"}]");
        RtpViewer viewer = viewer();
        viewer.answer(
                ViewerDoors.json(oriel.base(), "door", viewer.offer()),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port(oriel)));
        viewer.awaitFrames("video", 2);
        assertThat(viewer.answered().candidates())
                .anySatisfy(line -> assertThat(line).contains(" 203.0.113.77 28555 typ srflx"));
    }

    @Test
    void stunServerThatDoesNotAnswer_delaysNobody() throws Exception {
        DatagramSocket mute = keep(new DatagramSocket(0, InetAddress.getLoopbackAddress()));
        TestOriel oriel = oriel(camera(), "ice_servers: [{urls: \"stun:127.0.0.1:" + mute.getLocalPort() + "\"}]");
        RtpViewer viewer = viewer();
        viewer.answer(ViewerDoors.json(oriel.base(), "door", viewer.offer()));
        viewer.awaitFrames("video", 2);
    }

    @Test
    void viewersCandidate_isCheckedFromOurSide_evenIfTheViewerSendsNothing() throws Exception {
        TestOriel oriel = oriel(camera(), "");
        RtpViewer viewer =
                keep(RtpViewer.of(ViewerOffer.CHROMIUM).ownCandidate().open());
        viewer.mute(true);
        viewer.answer(ViewerDoors.json(oriel.base(), "door", viewer.offer()));
        viewer.await("a check of ours", () -> viewer.stunMessages() > 0);
        viewer.mute(false);
        viewer.awaitFrames("video", 2);
    }

    private static String rawPost(TestOriel oriel, String host, String body) throws Exception {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), oriel.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("POST /api/webrtc?src=door HTTP/1.1\r\nHost: " + host
                                    + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                                    + content.length + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(content);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
