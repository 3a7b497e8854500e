package oriel.testing.homeassistant;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.base.MalformedException;

/**
 * What Core's go2rtc integration asks of its server, header by header as Home Assistant 2026.11 was recorded; the answers
 * decide what it is: {@code loaded}, {@code setup_error} for good, or {@code setup_retry}.
 */
public final class FakeIntegration implements AutoCloseable {
    public static final String USER_AGENT = "HomeAssistant/2026.11.0 aiohttp/3.14.5 Python/3.14";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String url;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** @param url as in {@code go2rtc: url:}; its path is dropped, as there */
    public FakeIntegration(String url) {
        this.url = URI.create(url).resolve("/").toString().replaceFirst("/$", "");
    }

    /** What Core does at its start and at each reload; the state that the entry has then. */
    public String setUp(List<String> cameras) {
        try {
            HttpResponse<String> info = call("GET", "/api");
            if (info.statusCode() != 200) {
                return "setup_error";
            }
            String version =
                    ((JsonObject) Json.parse(info.body())).string("version").orElse("");
            if (version.isEmpty()) {
                return "setup_error";
            }
            if (!accepted(version)) {
                return "setup_retry";
            }
            if (call("GET", "/api/schemes").statusCode() != 200) {
                return "setup_error";
            }
            List<CompletableFuture<HttpResponse<String>>> preloads = new ArrayList<>();
            cameras.forEach(camera -> preloads.add(send("GET", "/api/preload")));
            preloads.forEach(CompletableFuture::join);
            return "loaded";
        } catch (IOException | MalformedException | ClassCastException | CompletionException e) {
            return "setup_error";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    // 1.9.13 <= version < 2.0.0, as AwesomeVersion compares.
    private static boolean accepted(String version) {
        String[] words = version.split("[.+-]");
        int major = Integer.parseInt(words[0]);
        int minor = Integer.parseInt(words[1]);
        return major == 1 && (minor > 9 || (minor == 9 && Integer.parseInt(words[2]) >= 13));
    }

    /** One request, at most 10 s. */
    public HttpResponse<String> call(String method, String path) throws IOException, InterruptedException {
        return http.send(request(method, path), BodyHandlers.ofString());
    }

    /** The same, without waiting. */
    public CompletableFuture<HttpResponse<String>> send(String method, String path) {
        return http.sendAsync(request(method, path), BodyHandlers.ofString());
    }

    private HttpRequest request(String method, String path) {
        // A PUT without a body says so, and names a type all the same.
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(PATIENCE)
                .header("User-Agent", USER_AGENT)
                .header("Accept", "*/*")
                .header("Accept-Encoding", "gzip, deflate, zstd")
                .method(
                        method,
                        method.equals("GET")
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(new byte[0]));
        if (method.equals("PUT")) {
            request.header("Content-Type", "application/octet-stream");
        }
        return request.build();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
