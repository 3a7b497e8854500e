package oriel.testing.viewer;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import oriel.base.Json;
import oriel.base.JsonArray;
import oriel.base.JsonObject;
import oriel.base.JsonString;
import oriel.base.JsonValue;
import oriel.base.MalformedException;

/** The ways to hand an offer to a server over HTTP; each gives the answer's SDP, or fails with what the server said. */
public final class ViewerDoors {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private ViewerDoors() {}

    /** {@code POST /api/webrtc} with {@code {"type":"offer","sdp":…}}. */
    public static String json(String base, String stream, String offer) throws IOException, InterruptedException {
        String body = JsonObject.builder()
                .put("type", "offer")
                .put("sdp", offer)
                .build()
                .toString();
        return field(ok(post(base + "/api/webrtc?src=" + encoded(stream), "application/json", body)), "sdp");
    }

    /** The same with {@code ice_servers} of these addresses, as Home Assistant sends them. */
    public static String json(String base, String stream, String offer, List<String> iceServers)
            throws IOException, InterruptedException {
        JsonArray urls = new JsonArray(
                iceServers.stream().map(url -> (JsonValue) new JsonString(url)).toList());
        String body = JsonObject.builder()
                .put("type", "offer")
                .put("sdp", offer)
                .put(
                        "ice_servers",
                        new JsonArray(
                                List.of(JsonObject.builder().put("urls", urls).build())))
                .build()
                .toString();
        return field(ok(post(base + "/api/webrtc?src=" + encoded(stream), "application/json", body)), "sdp");
    }

    /** The same with SDP itself. */
    public static HttpResponse<String> whep(String base, String stream, String offer)
            throws IOException, InterruptedException {
        return post(base + "/api/webrtc?src=" + encoded(stream), "application/sdp", offer);
    }

    /** go2rtc's old form: {@code data=} and base64, which the answer is too. */
    public static String form(String base, String stream, String offer) throws IOException, InterruptedException {
        String body = "data=" + encoded(base64(offer));
        String type = "application/x-www-form-urlencoded";
        return unbase64(ok(post(base + "/api/webrtc?src=" + encoded(stream), type, body)));
    }

    /** {@code POST /stream} as RTSPtoWebRTC has it. */
    public static HttpResponse<String> stream(String base, String url, String offer)
            throws IOException, InterruptedException {
        String body = "url=" + encoded(url) + "&sdp64=" + encoded(base64(offer));
        return post(base + "/stream", "application/x-www-form-urlencoded", body);
    }

    public static HttpResponse<String> post(String url, String type, String body)
            throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(url))
                        .timeout(PATIENCE)
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** A text of a JSON object. */
    public static String field(String json, String name) {
        try {
            return Json.parse(json) instanceof JsonObject object
                    ? object.string(name).orElse("")
                    : "";
        } catch (MalformedException e) {
            throw new AssertionError(json, e);
        }
    }

    public static String unbase64(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }

    public static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String ok(HttpResponse<String> response) {
        if (response.statusCode() / 100 != 2) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return response.body();
    }
}
