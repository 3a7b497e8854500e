package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Secret;
import oriel.output.webrtc.OfferDoor;
import oriel.output.webrtc.WebRtcOutput;
import oriel.output.webrtc.WebRtcViewer;
import oriel.testing.TestOriel;
import oriel.testing.camera.SyntheticPictures;
import oriel.testing.viewer.RtpViewer;
import oriel.testing.viewer.SignalingSocket;
import oriel.testing.viewer.ViewerDoors;
import oriel.testing.viewer.ViewerOffer;
import oriel.webrtc.LocalTransport;
import oriel.webrtc.ice.IceCredentials;
import oriel.webrtc.ice.IceRole;
import oriel.webrtc.ice.StunBuilder;
import oriel.webrtc.ice.StunClass;
import oriel.webrtc.ice.StunIntegrity;
import oriel.webrtc.ice.TransactionId;

/** Viewers that move, or begin ICE anew, while they watch. */
class RoamingViewerTest extends ViewerScene {
    private TestOriel oriel() throws Exception {
        return oriel(camera(SyntheticPictures.of(25).track()).url());
    }

    private static InetSocketAddress here(TestOriel oriel) {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), oriel.gateway().webrtcPort().orElseThrow());
    }

    private static String remote(TestOriel oriel) throws Exception {
        return Watch.first(oriel.stream("door"), "consumers").string("remote").orElse("");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void viewer_atAnotherPort_isFollowed_whetherItNominatesOrNot(boolean nominates) throws Exception {
        TestOriel oriel = oriel();
        RtpViewer viewer = watch(oriel, ViewerOffer.PICTURE);
        viewer.awaitFrames("video", 3);
        for (int i = 0; i < 3; i++) {
            InetSocketAddress old = viewer.local();
            viewer.rebind(nominates);
            viewer.awaitPackets("video", viewer.track("video").count() + 30);
            assertThat(viewer.local()).isNotEqualTo(old);
        }
        assertThat(viewer.over()).isEmpty();
        assertThat(oriel.gateway().webrtc().orElseThrow().count()).isOne();
    }

    @Test
    void strangersDatagrams_moveNothing() throws Exception {
        TestOriel oriel = oriel();
        RtpViewer viewer = watch(oriel, ViewerOffer.PICTURE);
        viewer.awaitFrames("video", 3);
        InetSocketAddress at = here(oriel);
        String ufrag = viewer.answered().any("ice-ufrag");
        try (DatagramSocket stranger = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            StunBuilder check = new StunBuilder(StunClass.REQUEST, new TransactionId(1, 2))
                    .username(ufrag + ":x")
                    .priority(1)
                    .useCandidate()
                    .role(IceRole.CONTROLLING, 7);
            byte[] forged = check.build(new StunIntegrity(Secret.of("WrongWrongWrongWrongWrong")));
            byte[] rtcp = {(byte) 0x80, (byte) 201, 0, 1, 0, 0, 0, 7};
            for (byte[] datagram : List.of(forged, rtcp, new byte[] {22, 1, 2, 3})) {
                stranger.send(new DatagramPacket(datagram, datagram.length, at.getAddress(), at.getPort()));
            }
            viewer.awaitPackets("video", viewer.track("video").count() + 30);
            assertThat(remote(oriel)).isEqualTo("127.0.0.1:" + viewer.local().getPort());
        }
    }

    @Test
    void restart_withNewCredentials_goesOnWithTheSameKeys() throws Exception {
        TestOriel oriel = oriel();
        RtpViewer viewer = watch(oriel, ViewerOffer.PICTURE);
        viewer.awaitFrames("video", 3);
        WebRtcOutput output = oriel.gateway().webrtc().orElseThrow();
        String id = Watch.first(oriel.stream("door"), "consumers").string("id").orElseThrow();
        WebRtcViewer watched = output.find(id).orElseThrow();
        long connected = viewer.connectedNanos();
        for (int i = 0; i < 2; i++) {
            IceCredentials own = viewer.renew();
            LocalTransport fresh = output.restart(watched, own, new OfferDoor(Optional.empty(), false));
            assertThat(fresh.candidates()).isNotEmpty();
            // On the old way until the new one is there.
            viewer.awaitPackets("video", viewer.track("video").count() + 10);
            viewer.restarted(own, new IceCredentials(fresh.ufrag(), fresh.password()), here(oriel));
            viewer.awaitPackets("video", viewer.track("video").count() + 30);
        }
        assertThat(viewer.connectedNanos()).isEqualTo(connected);
        assertThat(viewer.refused()).isZero();
        assertThat(viewer.track("video").missing()).isZero();
        viewer.rebind();
        viewer.awaitPackets("video", viewer.track("video").count() + 30);
    }

    @Test
    void secondOffer_onTheSameSocket_replacesTheFirstViewer() throws Exception {
        TestOriel oriel = oriel();
        RtpViewer first = keep(RtpViewer.of(ViewerOffer.PICTURE).open());
        RtpViewer second = keep(RtpViewer.of(ViewerOffer.PICTURE).open());
        try (SignalingSocket socket = SignalingSocket.open(oriel.base(), "src=door")) {
            socket.send("webrtc/offer", first.offer());
            first.answer(socket.awaitText("webrtc/answer"));
            first.awaitFrames("video", 2);
            socket.send("webrtc/offer", second.offer());
            first.awaitOver();
            second.answer(
                    socket.await(message -> message.string("type").orElse("").equals("webrtc/answer")
                                    && !message.string("value")
                                            .orElse("")
                                            .equals(first.answered().text()))
                            .string("value")
                            .orElseThrow());
            second.awaitFrames("video", 2);
        }
        assertThat(oriel.gateway().webrtc().orElseThrow().count()).isOne();
    }

    @Test
    void offersServers_areAskedOnlyOnThePublicInternet_andNeverDelayTheAnswer() throws Exception {
        TestOriel oriel = oriel();
        try (DatagramSocket inside = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            RtpViewer viewer = keep(RtpViewer.of(ViewerOffer.PICTURE).open());
            viewer.answer(ViewerDoors.json(
                    oriel.base(),
                    "door",
                    viewer.offer(),
                    List.of("stun:127.0.0.1:" + inside.getLocalPort(), "turn:t.example:3478")));
            viewer.awaitFrames("video", 2);
            inside.setSoTimeout(300);
            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () -> inside.receive(new DatagramPacket(new byte[100], 100)))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }
}
