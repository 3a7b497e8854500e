package oriel.homeassistant.supervisor;

import java.net.URI;
import java.time.Duration;
import oriel.base.Clock;
import oriel.base.JsonObject;
import oriel.base.JsonValue;
import oriel.base.MalformedException;
import oriel.base.Secret;
import oriel.config.SupervisorConfig;
import oriel.homeassistant.supervisor.HomeAssistantException.Reason;
import oriel.http.BoundedHttpClient;
import oriel.http.HttpAnswer;
import oriel.http.HttpBounds;
import oriel.http.HttpFailure;
import oriel.http.HttpQuestion;

/**
 * Asks the Supervisor, and Core through it. Every answer has {@link #BOUNDS}; whatever goes wrong is said in our own words,
 * for answers may hold anything. Blocks: for virtual threads.
 */
final class SupervisorClient implements AutoCloseable {
    /** Core answers within milliseconds; a Supervisor under load has been seen to take seconds. */
    static final HttpBounds BOUNDS = new HttpBounds(Duration.ofSeconds(5), Duration.ofSeconds(10), 1 << 20);

    static final String SUPERVISOR = "Home Assistant's Supervisor";
    static final String CORE = "Home Assistant Core";

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;

    private final URI base;
    private final Secret token;
    private final Clock clock;
    private final BoundedHttpClient http;

    SupervisorClient(SupervisorConfig config, Clock clock) {
        this.base = config.url();
        this.token = config.token();
        this.clock = clock;
        this.http = new BoundedHttpClient(BOUNDS, clock);
    }

    /** {@code GET} of the Supervisor's own API; what stands under {@code data}. */
    JsonObject supervisor(String path) throws HomeAssistantException, InterruptedException {
        HttpAnswer answer = ask(HttpQuestion.get(base.resolve(path), token), SUPERVISOR, BOUNDS.whole());
        if (answer.status() == BAD_REQUEST || answer.status() == NOT_FOUND) {
            throw new HomeAssistantException(Reason.ABSENT, SUPERVISOR + " offers none");
        }
        granted(answer, SUPERVISOR);
        if (!(json(answer, SUPERVISOR) instanceof JsonObject whole)
                || !whole.string("result").orElse("").equals("ok")) {
            throw broken(SUPERVISOR);
        }
        return whole.object("data").orElseThrow(() -> broken(SUPERVISOR));
    }

    /** {@code GET} of Core's API, such as {@code /api/config}. */
    JsonValue core(String path) throws HomeAssistantException, InterruptedException {
        HttpAnswer answer = ask(HttpQuestion.get(base.resolve("/core" + path), token), CORE, BOUNDS.whole());
        granted(answer, CORE);
        return json(answer, CORE);
    }

    /** {@code POST} to Core's API; the answer whatever its status is below 500, but for a refusal of our token. */
    HttpAnswer post(String path, JsonValue body, Duration patience)
            throws HomeAssistantException, InterruptedException {
        HttpAnswer answer = ask(HttpQuestion.post(base.resolve("/core" + path), token, body), CORE, patience);
        refused(answer, CORE);
        return answer;
    }

    /** A conversation with Core over its WebSocket, signed in; each step of it within {@code patience} altogether. */
    CoreConversation converse(Duration patience) throws HomeAssistantException, InterruptedException {
        URI uri = URI.create(base.toString().replaceFirst("^http", "ws") + "/core/websocket");
        long end = clock.nanoTime() + patience.toNanos();
        try {
            return CoreConversation.open(http.open(uri, patience), token, clock, end);
        } catch (HttpFailure e) {
            throw failure(e, CORE);
        }
    }

    @Override
    public void close() {
        http.close();
    }

    private HttpAnswer ask(HttpQuestion question, String who, Duration patience)
            throws HomeAssistantException, InterruptedException {
        try {
            return http.ask(question, patience);
        } catch (HttpFailure e) {
            throw failure(e, who);
        }
    }

    /** What a failed request means, in words about {@code who}. */
    static HomeAssistantException failure(HttpFailure failure, String who) {
        Reason reason = switch (failure.reason()) {
            case UNREACHABLE, TIMEOUT -> Reason.AWAY;
            case TOO_LARGE, REDIRECTED, MALFORMED -> Reason.BROKEN;
        };
        return new HomeAssistantException(reason, who + " " + failure.reason().words());
    }

    static HomeAssistantException broken(String who) {
        return new HomeAssistantException(Reason.BROKEN, who + " answers in a way that makes no sense");
    }

    private static void refused(HttpAnswer answer, String who) throws HomeAssistantException {
        if (answer.status() == UNAUTHORIZED || answer.status() == FORBIDDEN) {
            throw new HomeAssistantException(
                    Reason.DENIED, who + " does not let the app do this (" + answer.status() + ")");
        }
        if (answer.status() / 100 == 5) {
            // The Supervisor's proxy says 502 while Core starts or is away.
            throw new HomeAssistantException(Reason.AWAY, who + " is not ready (" + answer.status() + ")");
        }
    }

    private static void granted(HttpAnswer answer, String who) throws HomeAssistantException {
        refused(answer, who);
        if (!answer.ok()) {
            throw new HomeAssistantException(
                    Reason.BROKEN, who + " does not know what it was asked (" + answer.status() + ")");
        }
    }

    private static JsonValue json(HttpAnswer answer, String who) throws HomeAssistantException {
        try {
            return answer.json();
        } catch (MalformedException e) {
            throw broken(who);
        }
    }
}
