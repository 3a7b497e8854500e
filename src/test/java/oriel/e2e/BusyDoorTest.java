package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.base.JsonString;
import oriel.peer.PeerHost;
import oriel.testing.TestOriel;
import oriel.testing.camera.SyntheticPictures;
import oriel.testing.viewer.RtpViewer;
import oriel.testing.viewer.SignalingSocket;
import oriel.testing.viewer.ViewerDoors;
import oriel.testing.viewer.ViewerOffer;

/** When no more viewers can be greeted each door says so in its own way, and when to come again. */
class BusyDoorTest extends ViewerScene {
    @Test
    void offers_whileTooManyViewersAreConnecting_areRefusedAtEachDoor_untilAnother() throws Exception {
        TestOriel oriel = oriel(camera(SyntheticPictures.of(25).track()).url());
        RtpViewer viewer = keep(RtpViewer.of(ViewerOffer.PICTURE).open());
        String offer = viewer.offer();
        String json = "{\"type\":\"offer\",\"sdp\":" + new JsonString(offer) + "}";
        // Nobody of these ever comes. What is refused on the way was more than this machine can greet in a second.
        int taken = 0;
        while (taken < PeerHost.MAX_UNCONNECTED) {
            HttpResponse<String> answer = oriel.post("/api/webrtc?src=door", "application/json", json);
            assertThat(answer.statusCode()).isIn(200, 503);
            taken += answer.statusCode() == 200 ? 1 : 0;
        }
        String form = "application/x-www-form-urlencoded";
        String base64 = ViewerDoors.encoded(ViewerDoors.base64(offer));
        for (List<String> door : List.of(
                List.of("/api/webrtc?src=door", "application/json", json),
                List.of("/api/webrtc?src=door", "application/sdp", offer),
                List.of("/webrtc/door", "application/sdp", offer),
                List.of("/api/webrtc?src=door", form, "data=" + base64),
                List.of("/api/webrtc?src=door", "text/plain", offer),
                List.of("/stream", form, "url=door&sdp64=" + base64),
                List.of("/stream/door/channel/0/webrtc", form, "data=" + base64))) {
            HttpResponse<String> refused = oriel.post(door.get(0), door.get(1), door.get(2));
            assertThat(refused.statusCode()).as(door.getFirst()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).contains("1");
            assertThat(said(door.getFirst(), refused.body())).startsWith("Oriel is busy: 256 viewers are connecting");
        }
        SignalingSocket socket = keep(SignalingSocket.open(oriel.base(), "src=door"));
        socket.send("webrtc/offer", offer);
        assertThat(socket.awaitText("error")).contains("Oriel is busy: 256 viewers");
        Map<String, Long> drops = oriel.gateway().webrtcDrops().snapshot();
        assertThat(drops).containsEntry("unconnected-full", 8L);
    }

    private static String said(String door, String body) throws Exception {
        if (!door.startsWith("/stream")) {
            return body;
        }
        JsonObject json = (JsonObject) Json.parse(body);
        return (door.equals("/stream") ? json.string("error") : json.string("payload")).orElseThrow();
    }
}
