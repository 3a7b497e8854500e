package oriel.testing.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import oriel.base.Json;
import oriel.base.JsonArray;
import oriel.base.JsonObject;
import oriel.base.MalformedException;
import oriel.testing.Skipped;

/**
 * Debian's Firefox without a window and with one page, driven by its own WebDriver BiDi (Playwright drives a Firefox of its
 * own making only). It goes to no server on a loopback address. What waits, waits at most a minute. One thread.
 */
public final class Firefox implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final String LISTENING = "WebDriver BiDi listening on ";

    // H.264 comes to WebRTC by a plugin that Firefox fetches from the network at its first start; its decoder for other
    // pictures does as well, but is offered on hardware only that Mozilla has approved, as this one now is.
    private static final String PREFERENCES = """
            user_pref("media.autoplay.default", 0);
            user_pref("media.autoplay.blocking_policy", 0);
            user_pref("media.webrtc.hw.h264.enabled", true);
            user_pref("gfx.blacklist.webrtc.hw.acceleration.h264", 1);
            user_pref("media.navigator.mediadatadecoder_h264_enabled", true);
            user_pref("media.peerconnection.ice.obfuscate_host_addresses", false);
            user_pref("media.gmp-manager.url", "");
            user_pref("app.update.enabled", false);
            user_pref("app.normandy.enabled", false);
            user_pref("browser.safebrowsing.downloads.remote.enabled", false);
            user_pref("datareporting.policy.dataSubmissionEnabled", false);
            user_pref("network.captive-portal-service.enabled", false);
            user_pref("network.connectivity-service.enabled", false);
            user_pref("services.settings.server", "");
            """;

    private final Path profile;
    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Answers answers = new Answers();
    private final WebSocket socket;
    private final String page;
    private int commands;

    private Firefox(Path profile, Process process) throws IOException, MalformedException {
        this.profile = profile;
        this.process = process;
        this.socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(door(process) + "/session"), answers)
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
        command("session.new", JsonObject.builder().put("capabilities", JsonObject.empty()));
        JsonArray contexts = command("browsingContext.getTree", JsonObject.builder())
                .array("contexts")
                .orElseThrow();
        page = ((JsonObject) contexts.items().getFirst()).string("context").orElseThrow();
    }

    /** Starts Firefox, or skips the test and says aloud what is missing. */
    public static Firefox orSkip() throws Exception {
        Path program = Programs.find("firefox-esr")
                .or(() -> Programs.find("firefox"))
                .orElseThrow(() ->
                        Skipped.because("tests in Firefox", "no Firefox here; on Debian: apt-get install firefox-esr"));
        Path profile = Files.createTempDirectory("firefox");
        Files.writeString(profile.resolve("user.js"), PREFERENCES);
        ProcessBuilder builder = new ProcessBuilder(
                program.toString(),
                "--headless",
                "--no-remote",
                "--profile",
                profile.toString(),
                "--remote-debugging-port",
                "0",
                "about:blank");
        builder.environment().put("HOME", profile.toString());
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        try {
            return new Firefox(profile, process);
        } catch (IOException | MalformedException | RuntimeException e) {
            end(process, profile);
            throw e;
        }
    }

    // What it says later is of no interest, but must not fill the pipe.
    private static String door(Process process) throws IOException {
        BufferedReader errors = process.errorReader();
        for (String line = errors.readLine(); line != null; line = errors.readLine()) {
            if (line.startsWith(LISTENING)) {
                Thread.ofVirtual().start(() -> errors.lines().forEach(said -> {}));
                return line.substring(LISTENING.length());
            }
        }
        throw new IOException("Firefox ends at once");
    }

    /** Shows {@code address}; returns when it is loaded. */
    public void go(String address) throws MalformedException {
        command(
                "browsingContext.navigate",
                JsonObject.builder().put("context", page).put("url", address).put("wait", "complete"));
    }

    /** The text that a JavaScript function without arguments gives, awaited if it is asynchronous. */
    public String text(String function) throws MalformedException {
        JsonObject answer = command(
                "script.callFunction",
                JsonObject.builder()
                        .put("functionDeclaration", "async () => String(await (" + function + ")())")
                        .put("awaitPromise", true)
                        .put("target", JsonObject.builder().put("context", page).build()));
        return answer.object("result")
                .flatMap(result -> result.string("value"))
                .orElseThrow(() -> new AssertionError("the page says " + answer));
    }

    /** Waits until a JavaScript function gives true. */
    public void awaitTrue(String function) {
        Awaitility.await(function)
                .atMost(PATIENCE)
                .pollInterval(BETWEEN_LOOKS)
                .until(() -> text(function).equals("true"));
    }

    private JsonObject command(String method, JsonObject.Builder parameters) throws MalformedException {
        int id = ++commands;
        CompletableFuture<String> answer = answers.expect(id);
        socket.sendText(
                JsonObject.builder()
                        .put("id", id)
                        .put("method", method)
                        .put("params", parameters.build())
                        .build()
                        .toString(),
                true);
        JsonObject said = (JsonObject) Json.parse(
                answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join());
        return said.object("result").orElseThrow(() -> new AssertionError(method + " failed: " + said));
    }

    @Override
    public void close() {
        socket.abort();
        http.close();
        end(process, profile);
    }

    private static void end(Process process, Path profile) {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        try {
            all.forEach(one -> one.onExit()
                    .orTimeout(10, TimeUnit.SECONDS)
                    .exceptionally(late -> {
                        one.destroyForcibly();
                        return one;
                    })
                    .join());
            try (Stream<Path> files = Files.walk(profile)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Finds the answer to each command among what Firefox says. */
    private static final class Answers implements WebSocket.Listener {
        private final ConcurrentHashMap<Long, CompletableFuture<String>> waiting = new ConcurrentHashMap<>();
        private final StringBuilder text = new StringBuilder(); // of the socket's thread

        CompletableFuture<String> expect(long id) {
            return waiting.computeIfAbsent(id, number -> new CompletableFuture<>());
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                String message = text.toString();
                text.setLength(0);
                answered(message);
            }
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        private void answered(String message) {
            try {
                if (Json.parse(message) instanceof JsonObject said
                        && said.integer("id").isPresent()) {
                    expect(said.integer("id").getAsLong()).complete(message);
                }
            } catch (MalformedException e) {
                waiting.values().forEach(each -> each.completeExceptionally(e));
            }
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            waiting.values().forEach(each -> each.completeExceptionally(error));
        }
    }
}
