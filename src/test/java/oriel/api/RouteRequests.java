package oriel.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** How {@link RouteMatrixTest} asks a route for a stream. A new route whose stream is named in its own way is added here. */
final class RouteRequests {
    /** Lists of streams; what is not theirs is left out of them. */
    static final List<String> LISTS = List.of("/api/streams", "/api/preload", "/streams");

    private static final String JSON = "application/json";
    private static final String CAMERA = "rtsp%3A%2F%2F127.0.0.1%3A1%2Fx";

    private RouteRequests() {}

    record Asked(String method, String path, String type, String body, boolean webSocket) {}

    /** @param route method and template */
    static Asked of(String route, String stream) {
        String method = route.substring(0, route.indexOf(' '));
        String path = route.substring(route.indexOf(' ') + 1)
                .replace("{id}", stream)
                .replace("{channel}", "0")
                .replace("{+file}", "app.js")
                .replace("{/+file}", "/app.js");
        String src = "src=" + URLEncoder.encode(stream, StandardCharsets.UTF_8);
        return switch (route) {
            case "GET /api/oriel/events" -> new Asked(method, path, "", "", true);
            case "GET /api/ws" -> new Asked(method, path + "?" + src, "", "", true);
            case "PUT /api/streams", "PATCH /api/streams" ->
                new Asked(method, path + "?name=" + stream + "&src=" + CAMERA, "", "", false);
            case "POST /api/streams" ->
                new Asked(method, path, JSON, "{\"name\":\"" + stream + "\",\"src\":\"rtsp://127.0.0.1:1/x\"}", false);
            case "POST /api/links" ->
                new Asked(method, path, JSON, "{\"stream\":\"" + stream + "\",\"once\":true}", false);
            case "POST /stream" ->
                new Asked(
                        method,
                        path,
                        "application/x-www-form-urlencoded",
                        "url=" + stream + "&sdp64=dj0wDQo%3D",
                        false);
            case "DELETE /api/webrtc", "PATCH /api/webrtc", "DELETE /api/links" ->
                new Asked(method, path + "?id=nothing", "", "", false);
            // Refused for its size before a camera is asked, which takes its time.
            case "GET /api/frame.jpeg" -> new Asked(method, path + "?width=x&" + src, "", "", false);
            // Lists, without a stream named.
            case "GET /api/preload", "GET /streams", "GET /api/hass" -> new Asked(method, path, "", "", false);
            default -> new Asked(method, path + "?" + src, "", "", false);
        };
    }

    /** Whether the request that {@link #of} makes names a stream. */
    static boolean isAboutAStream(RouteNeeds needs, String route) {
        return switch (needs.stream()) {
            case NONE -> false;
            case QUERY, PATH -> true;
            case ROUTE ->
                switch (route) {
                    case "PUT /api/streams",
                            "PATCH /api/streams",
                            "POST /api/streams",
                            "POST /api/links",
                            "POST /stream" -> true;
                    // A session that is not there, and lists.
                    case "DELETE /api/webrtc",
                            "PATCH /api/webrtc",
                            "GET /api/preload",
                            "GET /streams",
                            "GET /api/hass",
                            "GET /api/oriel/events" -> false;
                    default -> throw new AssertionError("say in RouteRequests how " + route + " names its stream");
                };
        };
    }
}
