package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.sdp.SdpFragment;
import oriel.testing.Proves;
import oriel.testing.TestOriel;
import oriel.testing.camera.CameraFeed;
import oriel.testing.camera.CameraFrame;
import oriel.testing.camera.CameraTrack;
import oriel.testing.camera.SimulatedCamera;
import oriel.testing.camera.SyntheticPictures;
import oriel.testing.viewer.RtpViewer;
import oriel.testing.viewer.ViewerDoors;
import oriel.testing.viewer.ViewerOffer;

/** WHEP as its draft and RFC 9725 have it, at both of its addresses. */
class WhepViewerTest extends ViewerScene {
    private static final String NVR = "http://nvr.lan:8080";
    private static final String FRAGMENT = "application/trickle-ice-sdpfrag";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private TestOriel oriel;
    private RtpViewer viewer;

    @BeforeEach
    void open() throws Exception {
        SimulatedCamera camera = camera(
                SyntheticPictures.of(25).track(),
                CameraTrack.pcma(() -> CameraFeed.looping(List.of(CameraFrame.plain(0, new byte[160])), 160)));
        oriel = keep(
                TestOriel.start(
                        folder,
                        "{streams: {door: \"" + camera.url() + "\"}, api: {origin: \"" + NVR
                                + "\"}, webrtc: {ice_servers: ["
                                + "{urls: [\"stun:192.0.2.1:3478\"]},"
                                + "{urls: [\"turn:192.0.2.2:3478?transport=udp\"], username: \"u\\\"x\", credential: \"p w\"}]}}"));
        viewer = keep(RtpViewer.of(ViewerOffer.CHROMIUM).open());
    }

    @AfterEach
    void closeClient() {
        http.close();
    }

    private HttpResponse<String> send(String method, URI address, Map<String, String> headers, String body)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(Duration.ofSeconds(20))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> offer(String door) throws Exception {
        HttpResponse<String> answer = ViewerDoors.post(oriel.base() + door, "application/sdp", viewer.offer());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return answer;
    }

    private static URI session(HttpResponse<String> answer) {
        return answer.uri().resolve(header(answer, "Location"));
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElseThrow();
    }

    private HttpResponse<String> patch(URI session, String ifMatch, String type, String body) throws Exception {
        Map<String, String> headers = new HashMap<>(Map.of("Content-Type", type));
        if (!ifMatch.isEmpty()) {
            headers.put("If-Match", ifMatch);
        }
        return send("PATCH", session, headers, body);
    }

    private String fragment() {
        return "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\na=" + viewer.candidate() + "\r\na=end-of-candidates\r\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/webrtc?src=door", "/webrtc/door"})
    @Proves("S-143")
    void offer_isCreated_withAllThatTheDraftWants_andPlays(String door) throws Exception {
        HttpResponse<String> answer = offer(door);
        assertThat(header(answer, "Content-Type")).startsWith("application/sdp");
        assertThat(header(answer, "ETag")).matches("\"[A-Za-z0-9+/]{4,}\"");
        assertThat(header(answer, "Accept-Patch")).isEqualTo(FRAGMENT);
        assertThat(header(answer, "Link"))
                .isEqualTo("<stun:192.0.2.1:3478>; rel=\"ice-server\", <turn:192.0.2.2:3478?transport=udp>;"
                        + " rel=\"ice-server\"; username=\"u\\\"x\"; credential=\"p w\"; credential-type=\"password\"");
        assertThat(session(answer).getPath()).isEqualTo("/api/webrtc");
        assertThat(answer.body()).contains(header(answer, "ETag").replace("\"", ""));
        viewer.answer(answer.body());
        viewer.awaitFrames("video", 3);
        viewer.awaitPackets("audio", 3);
    }

    @Test
    void candidates_byPatch_areTaken_andTheTagStays() throws Exception {
        HttpResponse<String> answer = offer("/api/webrtc?src=door");
        String tag = header(answer, "ETag");
        // The viewer answers checks and sends none of its own until the first came: ours, to the candidate of the
        // fragment.
        HttpResponse<String> taken = patch(session(answer), tag, FRAGMENT, fragment());
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(204);
        assertThat(taken.body()).isEmpty();
        assertThat(header(taken, "ETag")).isEqualTo(tag);
        viewer.await("a check to the candidate of the fragment", () -> viewer.stunMessages() > 0);
        for (String list : List.of("*", "\"other\", " + tag)) {
            assertThat(patch(session(answer), list, FRAGMENT + "; charset=utf-8", fragment())
                            .statusCode())
                    .isEqualTo(204);
        }
        viewer.answer(answer.body());
        viewer.awaitFrames("video", 3);
    }

    @Test
    void restart_givesNewCredentials_andATag_andTheMediaGoesOn() throws Exception {
        HttpResponse<String> answer = offer("/webrtc/door");
        viewer.answer(answer.body());
        viewer.awaitFrames("video", 2);
        String old = header(answer, "ETag");
        String restart = "a=ice-ufrag:newX\r\na=ice-pwd:0123456789012345678901\r\n" + fragment();
        HttpResponse<String> restarted = patch(session(answer), "*", FRAGMENT, restart);
        assertThat(restarted.statusCode()).as(restarted.body()).isEqualTo(200);
        assertThat(header(restarted, "Content-Type")).startsWith(FRAGMENT);
        SdpFragment ours = SdpFragment.parse(restarted.body());
        assertThat(header(restarted, "ETag"))
                .isEqualTo("\"" + ours.ufrag() + "\"")
                .isNotEqualTo(old);
        assertThat(ours.candidates()).isNotEmpty();
        assertThat(ours.mid()).isEqualTo("0");
        viewer.awaitFrames("video", viewer.track("video").frames().size() + 5);
        // The old tag names a session that is over; the new one takes candidates of the new name.
        assertThat(patch(session(answer), old, FRAGMENT, restart).statusCode()).isEqualTo(412);
        assertThat(patch(session(answer), header(restarted, "ETag"), FRAGMENT, restart)
                        .statusCode())
                .isEqualTo(204);
        String bad = "a=ice-ufrag:other\r\na=ice-pwd:short\r\n";
        assertThat(patch(session(answer), "*", FRAGMENT, bad).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tag   | application/sdp | ok | 415",
                "tag   | ''              | ok | 415",
                "''    | frag            | ok | 428",
                "other | frag            | ok | 412",
                "tag   | frag            | '' | 400",
                "*     | frag            | x  | 400",
            })
    void patch_thatIsNone_isRefused_andTheSessionGoesOn(String match, String type, String body, int status)
            throws Exception {
        HttpResponse<String> answer = offer("/api/webrtc?src=door");
        viewer.answer(answer.body());
        viewer.awaitFrames("video", 2);
        String tag = match.equals("tag") ? header(answer, "ETag") : match.equals("other") ? "\"other\"" : match;
        HttpResponse<String> refused = patch(
                session(answer), tag, type.equals("frag") ? FRAGMENT : type, body.equals("ok") ? fragment() : body);
        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(refused.body()).isNotBlank();
        if (status == 415) {
            assertThat(header(refused, "Accept-Patch")).isEqualTo(FRAGMENT);
        }
        viewer.awaitFrames("video", viewer.track("video").frames().size() + 5);
    }

    @Test
    void session_thatIsNot_isNotFound() throws Exception {
        URI nobody = URI.create(oriel.base() + "/api/webrtc?id=0123456789abcdef");
        assertThat(patch(nobody, "*", FRAGMENT, fragment()).statusCode()).isEqualTo(404);
        assertThat(send("DELETE", nobody, Map.of(), "").statusCode()).isEqualTo(404);
        assertThat(patch(URI.create(oriel.base() + "/api/webrtc"), "*", FRAGMENT, fragment())
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void delete_endsTheViewer_andItsAddress() throws Exception {
        HttpResponse<String> answer = offer("/webrtc/door");
        viewer.answer(answer.body());
        viewer.awaitFrames("video", 2);
        assertThat(send("DELETE", session(answer), Map.of(), "").statusCode()).isEqualTo(200);
        viewer.awaitOver();
        assertThat(patch(session(answer), "*", FRAGMENT, fragment()).statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/webrtc?src=door", "/webrtc/door"})
    @Proves("S-144")
    void pageOfAnotherOriginThatTheOwnerNamed_usesItAll(String door) throws Exception {
        URI address = URI.create(oriel.base() + door);
        HttpResponse<String> preflight = send(
                "OPTIONS",
                address,
                Map.of(
                        "Origin",
                        NVR,
                        "Access-Control-Request-Method",
                        "POST",
                        "Access-Control-Request-Headers",
                        "content-type"),
                "");
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(header(preflight, "Access-Control-Allow-Origin")).isEqualTo(NVR);
        assertThat(header(preflight, "Access-Control-Allow-Methods")).contains("POST", "PATCH", "DELETE");
        assertThat(header(preflight, "Access-Control-Allow-Headers")).contains("Content-Type", "If-Match");
        assertThat(header(preflight, "Accept-Post")).isEqualTo("application/sdp");
        assertThat(header(send("OPTIONS", address, Map.of(), ""), "Accept-Post"))
                .isEqualTo("application/sdp");

        HttpResponse<String> answer =
                send("POST", address, Map.of("Origin", NVR, "Content-Type", "application/sdp"), viewer.offer());
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo(NVR);
        assertThat(header(answer, "Access-Control-Expose-Headers"))
                .contains("Location", "ETag", "Link", "Accept-Patch", "Retry-After", "X-Frame-Age");
        HttpResponse<String> taken = send(
                "PATCH",
                session(answer),
                Map.of("Origin", NVR, "Content-Type", FRAGMENT, "If-Match", header(answer, "ETag")),
                fragment());
        assertThat(taken.statusCode()).isEqualTo(204);
        assertThat(header(taken, "Access-Control-Allow-Origin")).isEqualTo(NVR);
        viewer.answer(answer.body());
        viewer.awaitFrames("video", 2);

        HttpResponse<String> foreign =
                send("POST", address, Map.of("Origin", "http://evil.lan", "Content-Type", "application/sdp"), "v=0");
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(foreign.headers().firstValue("Access-Control-Allow-Origin")).isNotEqualTo(Optional.of("*"));
    }

    @ParameterizedTest
    @CsvSource({"application/json", "application/x-www-form-urlencoded", "text/plain"})
    @Proves("S-143")
    void nameInThePath_takesOffersInEveryShape(String type) throws Exception {
        String body = switch (type) {
            case "application/json" -> "{\"type\":\"offer\",\"sdp\":" + new oriel.base.JsonString(viewer.offer()) + "}";
            case "text/plain" -> viewer.offer();
            default -> "data=" + ViewerDoors.encoded(ViewerDoors.base64(viewer.offer()));
        };
        HttpResponse<String> answer = ViewerDoors.post(oriel.base() + "/webrtc/door", type, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        viewer.answer(
                switch (type) {
                    case "application/json" -> ViewerDoors.field(answer.body(), "sdp");
                    case "text/plain" -> answer.body();
                    default -> ViewerDoors.unbase64(answer.body());
                });
        viewer.awaitFrames("video", 2);
        assertThat(ViewerDoors.post(oriel.base() + "/webrtc/none", type, body).statusCode())
                .isEqualTo(404);
    }
}
