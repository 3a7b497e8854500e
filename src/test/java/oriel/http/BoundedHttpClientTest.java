package oriel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import oriel.base.Alarm;
import oriel.base.Clock;
import oriel.base.JsonObject;
import oriel.base.Secret;
import oriel.testing.VirtualClock;
import oriel.testing.homeassistant.FakeAnswer;
import oriel.testing.homeassistant.FakeHomeAssistant;

@Timeout(60)
class BoundedHttpClientTest {
    private static final int MAX = 4096;
    private static final Secret TOKEN = Secret.of(FakeHomeAssistant.TOKEN);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SOON = Duration.ofMillis(300);

    private final BoundedHttpClient http =
            new BoundedHttpClient(new HttpBounds(PATIENCE, PATIENCE, MAX), Clock.system());
    private FakeHomeAssistant peer;

    @BeforeEach
    void start() throws IOException {
        peer = FakeHomeAssistant.start();
    }

    @AfterEach
    void stop() throws IOException {
        http.close();
        peer.close();
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + peer.port() + path);
    }

    private HttpAnswer get(String path) throws IOException, InterruptedException {
        return http.ask(HttpQuestion.get(at(path), TOKEN));
    }

    private HttpFailure.Reason failure(String path, Duration patience) {
        return catchThrowableOfType(HttpFailure.class, () -> http.ask(HttpQuestion.get(at(path), TOKEN), patience))
                .reason();
    }

    @Test
    void ask_getsTheWholeAnswer_whateverItsStatus() throws Exception {
        assertThat(get("/core/api/config").json()).isInstanceOf(JsonObject.class);
        assertThat(get("/nowhere").status()).isEqualTo(404);
        assertThat(http.ask(HttpQuestion.get(at("/core/api/config"), Secret.of("wrong")))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void ask_bodyOfTheBound_isTaken_andOneByteMoreIsNot() throws Exception {
        peer.answer("/most", new FakeAnswer.Reply(200, "text/plain", "x".repeat(MAX)));
        peer.answer("/more", new FakeAnswer.Reply(200, "text/plain", "x".repeat(MAX + 1)));

        assertThat(get("/most").body().length()).isEqualTo(MAX);
        assertThat(failure("/more", PATIENCE)).isEqualTo(HttpFailure.Reason.TOO_LARGE);
    }

    static Stream<Arguments> badAnswers() {
        return Stream.of(
                Arguments.of(new FakeAnswer.Endless(), HttpFailure.Reason.TOO_LARGE),
                Arguments.of(new FakeAnswer.Hangup(), HttpFailure.Reason.UNREACHABLE),
                Arguments.of(new FakeAnswer.Raw("secret garbage\r\n\r\n"), HttpFailure.Reason.MALFORMED),
                Arguments.of(
                        new FakeAnswer.Raw("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"),
                        HttpFailure.Reason.UNREACHABLE),
                Arguments.of(
                        new FakeAnswer.Raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
                        HttpFailure.Reason.UNREACHABLE));
    }

    @ParameterizedTest
    @MethodSource("badAnswers")
    void ask_badAnswer_isSaidInOurWords(FakeAnswer bad, HttpFailure.Reason reason) {
        peer.answer("/bad", bad);
        HttpFailure failure =
                catchThrowableOfType(HttpFailure.class, () -> http.ask(HttpQuestion.get(at("/bad"), TOKEN)));

        assertThat(failure.reason()).isIn(reason, HttpFailure.Reason.UNREACHABLE);
        assertThat(failure).hasMessage(failure.reason().words());
    }

    @Test
    void ask_silentPeer_endsWithThePatience_andWithItTheConnection() {
        peer.answer("/silent", new FakeAnswer.Silence());
        assertThat(failure("/silent", SOON)).isEqualTo(HttpFailure.Reason.TIMEOUT);
    }

    @Test
    void ask_peerThatStopsInTheBody_endsWithThePatience() throws Exception {
        try (ServerSocket half = new ServerSocket(0)) {
            Thread.ofVirtual().start(() -> {
                try (var socket = half.accept()) {
                    socket.getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"
                                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                    socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
                } catch (IOException e) {
                    // Its end is what the test is about.
                }
            });
            URI uri = URI.create("http://127.0.0.1:" + half.getLocalPort() + "/");
            HttpFailure failure =
                    catchThrowableOfType(HttpFailure.class, () -> http.ask(HttpQuestion.get(uri, TOKEN), SOON));
            assertThat(failure.reason()).isEqualTo(HttpFailure.Reason.TIMEOUT);
        }
    }

    @Test
    void ask_nobodyThere_isUnreachable() throws Exception {
        peer.close();
        assertThat(failure("/", PATIENCE)).isEqualTo(HttpFailure.Reason.UNREACHABLE);
    }

    @Test
    void redirect_toTheSameHost_isFollowedForGetAlone() throws Exception {
        peer.answer("/old", new FakeAnswer.Redirect("/core/api/config"));
        assertThat(get("/old").status()).isEqualTo(200);

        HttpFailure posted = catchThrowableOfType(
                HttpFailure.class, () -> http.ask(HttpQuestion.post(at("/old"), TOKEN, JsonObject.empty())));
        assertThat(posted.reason()).isEqualTo(HttpFailure.Reason.REDIRECTED);
    }

    @Test
    void redirect_toAnotherHost_orForEver_isNotFollowed_andTheTokenStays() throws Exception {
        try (FakeHomeAssistant other = FakeHomeAssistant.start()) {
            peer.answer("/away", new FakeAnswer.Redirect("http://127.0.0.1:" + other.port() + "/core/api/config"));
            peer.answer("/round", new FakeAnswer.Redirect("/round"));

            assertThat(failure("/away", PATIENCE)).isEqualTo(HttpFailure.Reason.REDIRECTED);
            assertThat(failure("/round", PATIENCE)).isEqualTo(HttpFailure.Reason.REDIRECTED);
            assertThat(other.asked()).isEmpty();
            assertThat(peer.count("GET /round")).isEqualTo(3);
        }
    }

    /** What the first answer took is not there for the second. */
    @Test
    void redirect_hasNoPatienceOfItsOwn() {
        peer.answer("/old", new FakeAnswer.Redirect("/core/api/config"));
        VirtualClock clock = new VirtualClock();
        Clock hurrying = new Clock() {
            @Override
            public long nanoTime() {
                clock.advance(PATIENCE.dividedBy(2));
                return clock.nanoTime();
            }

            @Override
            public Instant now() {
                return clock.now();
            }

            @Override
            public Alarm newAlarm() {
                return clock.newAlarm();
            }
        };
        try (BoundedHttpClient late = new BoundedHttpClient(new HttpBounds(PATIENCE, PATIENCE, MAX), hurrying)) {
            HttpFailure failure = catchThrowableOfType(
                    HttpFailure.class, () -> late.ask(HttpQuestion.get(at("/old"), TOKEN), PATIENCE));
            assertThat(failure.reason()).isEqualTo(HttpFailure.Reason.TIMEOUT);
            assertThat(peer.count("GET /old")).isOne();
            assertThat(peer.count("GET /core/api/config")).isZero();
        }
    }

    @Test
    void question_doesNotShowItsToken() {
        assertThat(HttpQuestion.get(at("/a?b=c"), TOKEN).toString()).isEqualTo("GET /a");
    }

    private TextSocket converse() throws IOException, InterruptedException {
        URI uri = URI.create("ws://127.0.0.1:" + peer.port() + "/core/websocket");
        return http.open(uri, PATIENCE);
    }

    @Test
    void conversation_messagesComeOneAfterTheOther() throws Exception {
        try (TextSocket socket = converse()) {
            assertThat(socket.receive(PATIENCE)).contains("auth_required");
            socket.send("{\"type\":\"auth\",\"access_token\":\"" + FakeHomeAssistant.TOKEN + "\"}", PATIENCE);
            assertThat(socket.receive(PATIENCE)).contains("auth_ok");
        }
    }

    static Stream<Arguments> badMessages() {
        return Stream.of(
                Arguments.of(new FakeAnswer.Endless(), PATIENCE, HttpFailure.Reason.TOO_LARGE),
                Arguments.of(new FakeAnswer.Raw("x".repeat(MAX + 1)), PATIENCE, HttpFailure.Reason.TOO_LARGE),
                Arguments.of(new FakeAnswer.Hangup(), PATIENCE, HttpFailure.Reason.UNREACHABLE),
                Arguments.of(new FakeAnswer.Silence(), SOON, HttpFailure.Reason.TIMEOUT));
    }

    @ParameterizedTest
    @MethodSource("badMessages")
    void conversation_badMessage_endsIt(FakeAnswer bad, Duration patience, HttpFailure.Reason reason) throws Exception {
        peer.answer("auth", bad);
        try (TextSocket socket = converse()) {
            socket.receive(PATIENCE);
            socket.send("{\"type\":\"auth\"}", PATIENCE);
            HttpFailure failure = catchThrowableOfType(HttpFailure.class, () -> socket.receive(patience));
            assertThat(failure.reason()).isEqualTo(reason);
        }
    }

    @Test
    void conversation_refused_orWithNobody_isSaid() throws Exception {
        peer.answer("/core/websocket", FakeAnswer.status(502));
        assertThat(catchThrowableOfType(HttpFailure.class, this::converse).reason())
                .isEqualTo(HttpFailure.Reason.UNREACHABLE);
        peer.answer("/core/websocket", FakeAnswer.status(403));
        assertThat(catchThrowableOfType(HttpFailure.class, this::converse).reason())
                .isEqualTo(HttpFailure.Reason.MALFORMED);
        peer.close();
        assertThat(catchThrowableOfType(HttpFailure.class, this::converse).reason())
                .isEqualTo(HttpFailure.Reason.UNREACHABLE);
    }
}
