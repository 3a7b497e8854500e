package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.testing.Proves;
import oriel.testing.TestOriel;
import oriel.testing.camera.CameraAuth;
import oriel.testing.camera.CameraFeed;
import oriel.testing.camera.CameraFrame;
import oriel.testing.camera.CameraMedia;
import oriel.testing.camera.CameraTrack;
import oriel.testing.camera.SimulatedCamera;
import oriel.testing.camera.SyntheticPictures;
import oriel.testing.viewer.RtpViewer;
import oriel.testing.viewer.SignalingSocket;
import oriel.testing.viewer.ViewerDoors;
import oriel.testing.viewer.ViewerOffer;

/** Each way to bring an offer in leads to a picture. */
class DoorViewerTest extends ViewerScene {
    private SimulatedCamera camera;
    private TestOriel oriel;
    private RtpViewer viewer;

    @BeforeEach
    void open() throws Exception {
        camera = camera(
                SyntheticPictures.of(25).track(),
                CameraTrack.pcma(() -> CameraFeed.looping(List.of(CameraFrame.plain(0, new byte[160])), 160)));
        oriel = oriel(camera.url());
        viewer = keep(RtpViewer.of(ViewerOffer.CHROMIUM).open());
    }

    private void plays(String answer) throws Exception {
        viewer.answer(answer);
        viewer.awaitFrames("video", 3);
        viewer.awaitPackets("audio", 3);
    }

    @Test
    @Proves("S-083")
    void json() throws Exception {
        plays(ViewerDoors.json(oriel.base(), "door", viewer.offer()));
    }

    @Test
    void whep_hasALocation_thatEndsTheViewer() throws Exception {
        HttpResponse<String> answer = ViewerDoors.whep(oriel.base(), "door", viewer.offer());
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/sdp");
        String location = answer.headers().firstValue("Location").orElseThrow();
        plays(answer.body());

        // Relative to where it was asked, as in go2rtc.
        String path = java.net
                .URI
                .create(oriel.base() + "/api/webrtc")
                .resolve(location)
                .toString()
                .substring(oriel.base().length());
        assertThat(path).startsWith("/api/webrtc?id=");
        assertThat(oriel.call("DELETE", path).statusCode()).isEqualTo(200);
        viewer.awaitOver();
        assertThat(viewer.over()).isEqualTo("the server said goodbye");
        assertThat(oriel.call("DELETE", path).statusCode()).isEqualTo(404);
        assertThat(oriel.call("DELETE", "/api/webrtc").statusCode()).isEqualTo(400);
        oriel.awaitStream(
                "door", stream -> Watch.items(stream, "consumers").items().isEmpty());
    }

    @Test
    void form_isBase64BothWays() throws Exception {
        plays(ViewerDoors.form(oriel.base(), "door", viewer.offer()));
    }

    @Test
    void bareSdp_isAnsweredByBareSdp() throws Exception {
        HttpResponse<String> answer = oriel.post("/api/webrtc?src=door", "text/plain", viewer.offer());
        assertThat(answer.statusCode()).isEqualTo(200);
        plays(answer.body());
    }

    @Test
    void rtspToWebRtc_byTheNameOfAStream() throws Exception {
        HttpResponse<String> answer = ViewerDoors.stream(oriel.base(), "door", viewer.offer());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
        plays(ViewerDoors.unbase64(ViewerDoors.field(answer.body(), "sdp64")));
    }

    @Test
    void rtspToWebRtc_byTheAddressOfAStream_isAViewerOfIt() throws Exception {
        RtpViewer other = watch(oriel, ViewerOffer.PICTURE);
        other.awaitFrames("video", 1);
        HttpResponse<String> answer = ViewerDoors.stream(oriel.base(), camera.url(), viewer.offer());
        plays(ViewerDoors.unbase64(ViewerDoors.field(answer.body(), "sdp64")));
        assertThat(camera.connections()).isOne();
        assertThat(Watch.items(oriel.stream("door"), "consumers").items()).hasSize(2);
    }

    @Test
    void rtspToWebRtc_byAnotherAddress_isAStreamAsLongAsItsViewer() throws Exception {
        SimulatedCamera other =
                keep(SimulatedCamera.of(CameraMedia.of(SyntheticPictures.of(25).track()))
                        .user("admin", "secret")
                        .auth(CameraAuth.BASIC)
                        .start());
        HttpResponse<String> answer = ViewerDoors.stream(oriel.base(), other.url(), viewer.offer());
        viewer.answer(ViewerDoors.unbase64(ViewerDoors.field(answer.body(), "sdp64")));
        viewer.awaitFrames("video", 3);
        // Named by its address without secrets.
        oriel.awaitStream(other.plainUrl(), stream -> Watch.state(stream).equals("live"));
        viewer.close();
        oriel.awaitStreams(streams -> streams.members().keySet().equals(Set.of("door")));
    }

    @Test
    void rtspToWebRtc_probe_andHealth() throws Exception {
        assertThat(oriel.get("/static").statusCode()).isEqualTo(200);
        JsonObject probe = (JsonObject) Json.parse(oriel.get("/static").body());
        assertThat(probe.integer("status").orElseThrow()).isOne();
        for (String path : List.of("/livez", "/health")) {
            assertThat(oriel.get(path).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void socket_homeAssistantsForm() throws Exception {
        SignalingSocket socket = keep(SignalingSocket.open(oriel.base(), "src=door"));
        JsonObject offer = (JsonObject) Json.parse("{\"type\":\"offer\",\"sdp\":\"\",\"ice_servers\":[{\"urls\":"
                + "[\"stun:stun.home-assistant.io:3478\",\"stun:stun.home-assistant.io:80\"]}]}");
        JsonObject.Builder full = JsonObject.builder();
        offer.members().forEach(full::put);
        socket.send("webrtc", full.put("sdp", viewer.offer()).build());
        JsonObject answer = socket.await("webrtc").object("value").orElseThrow();
        assertThat(answer.string("type")).contains("answer");
        String candidate = socket.awaitText("webrtc/candidate");
        assertThat(candidate).startsWith("candidate:");
        plays(answer.string("sdp").orElseThrow());
        assertThat(socket.messages().getFirst().string("type")).contains("webrtc");
    }

    @Test
    void socket_cardsForm_candidatesBeforeTheOffer_lateOnes_andNoneAtAll() throws Exception {
        RtpViewer early = keep(RtpViewer.of(ViewerOffer.CHROMIUM).open());
        RtpViewer none = keep(RtpViewer.of(ViewerOffer.CHROMIUM).open());
        for (RtpViewer each : List.of(early, viewer, none)) {
            SignalingSocket socket = keep(SignalingSocket.open(oriel.base(), "src=door"));
            if (each == early) {
                socket.send("webrtc/candidate", each.candidate());
                socket.send("webrtc/candidate", "candidate:1 1 udp 1 5c5b.local 5000 typ host");
            }
            socket.send("webrtc/offer", each.offer());
            each.answer(socket.awaitText("webrtc/answer"));
            each.awaitFrames("video", 2);
            if (each == viewer) {
                socket.send("webrtc/candidate", each.candidate());
            }
            each.awaitFrames("video", 5);
            assertThat(socket.messages())
                    .noneMatch(message -> message.string("type").orElse("").equals("error"));
        }
    }

    @Test
    void socketClosed_theViewerGoesOn() throws Exception {
        try (SignalingSocket socket = SignalingSocket.open(oriel.base(), "src=door")) {
            socket.send("webrtc/offer", viewer.offer());
            viewer.answer(socket.awaitText("webrtc/answer"));
            viewer.awaitFrames("video", 2);
        }
        int have = viewer.track("video").frames().size();
        viewer.awaitFrames("video", have + 10);
        assertThat(viewer.over()).isEmpty();
    }

    @Test
    void socket_secondOffer_isAViewerThatBeginsAnew() throws Exception {
        SignalingSocket socket = keep(SignalingSocket.open(oriel.base(), "src=door"));
        socket.send("webrtc/offer", viewer.offer());
        viewer.answer(socket.awaitText("webrtc/answer"));
        viewer.awaitFrames("video", 2);
        RtpViewer again = keep(RtpViewer.of(ViewerOffer.CHROMIUM).open());
        socket.send(
                "webrtc",
                JsonObject.builder()
                        .put("type", "offer")
                        .put("sdp", again.offer())
                        .build());
        again.answer(socket.await("webrtc")
                .object("value")
                .orElseThrow()
                .string("sdp")
                .orElseThrow());
        again.awaitFrames("video", 2);
        viewer.awaitOver();
    }

    @Test
    void dataChannelSection_andAllCandidatesAtTheEnd_everyOneAnMdnsName_isAnswered() throws Exception {
        // What Home Assistant 2024.3 sends.
        RtpViewer old = keep(RtpViewer.of(ViewerOffer.of(
                        ViewerOffer.Section.audio(ViewerOffer.CHROMIUM_SOUND),
                        ViewerOffer.Section.video(ViewerOffer.CHROMIUM_PICTURE),
                        ViewerOffer.Section.dataChannel()))
                .open());
        StringBuilder offer = new StringBuilder(old.offer());
        for (int i = 0; i < 6; i++) {
            offer.append("a=candidate:")
                    .append(i)
                    .append(" 1 udp 2113937151 9b36eaac-bb2e-49bb-bb78-21c41c4998")
                    .append(i);
            offer.append(".local 5").append(i).append("000 typ host generation 0 network-cost 999\r\n");
        }
        old.answer(ViewerDoors.unbase64(ViewerDoors.field(
                ViewerDoors.stream(oriel.base(), "door", offer.toString()).body(), "sdp64")));
        old.awaitFrames("video", 3);
        old.awaitPackets("audio", 3);
        assertThat(old.answered().sections()).hasSize(3);
        assertThat(old.answered().sections().get(2).port()).isNotZero();
        assertThat(old.answered().text()).contains("a=group:BUNDLE 0 1 2").contains("a=sctp-port:5000");
    }

    @Test
    @Proves({"S-023", "S-172"})
    void readMeOfAPage_listPlaysAndEnds_overTheApiAlone() throws Exception {
        JsonObject all = (JsonObject) Json.parse(oriel.get("/api/streams").body());
        String name = all.members().keySet().iterator().next();
        plays(ViewerDoors.json(oriel.base(), name, viewer.offer()));
        viewer.close();
        oriel.awaitStream(
                name, stream -> Watch.items(stream, "consumers").items().isEmpty());
    }
}
