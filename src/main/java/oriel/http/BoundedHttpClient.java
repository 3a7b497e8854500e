package oriel.http;

import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import oriel.base.Bytes;
import oriel.base.Clock;

/**
 * Asks peers over HTTP/1.1, on the JDK's client. Each answer is bounded in time and bytes; no proxy stands between; a
 * redirect is followed only to the same scheme, host and port, and only for {@code GET}. Blocks: for virtual threads. Any
 * thread; {@link #close} ends what is under way.
 */
public final class BoundedHttpClient implements AutoCloseable {
    private static final int MAX_REDIRECTS = 2;
    private static final int MOVED = 301;
    private static final int FOUND = 302;
    private static final int SEE_OTHER = 303;
    private static final int TEMPORARY = 307;
    private static final int PERMANENT = 308;

    private final HttpBounds bounds;
    private final Clock clock;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("http-", 0).factory());
    private final HttpClient http;

    public BoundedHttpClient(HttpBounds bounds, Clock clock) {
        this.bounds = bounds;
        this.clock = clock;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(bounds.connect())
                .proxy(HttpClient.Builder.NO_PROXY)
                .executor(threads)
                .build();
    }

    /**
     * Sends one request and waits for the whole answer, whatever its status.
     *
     * @throws HttpFailure if there is none within the bounds
     */
    public HttpAnswer ask(HttpQuestion question) throws HttpFailure, InterruptedException {
        return ask(question, bounds.whole());
    }

    /** The same, from the first request to the last byte of the answer, redirects among them, within {@code patience}. */
    public HttpAnswer ask(HttpQuestion question, Duration patience) throws HttpFailure, InterruptedException {
        long end = clock.nanoTime() + patience.toNanos();
        HttpQuestion next = question;
        for (int redirects = 0; ; redirects++) {
            Duration left = Duration.ofNanos(end - clock.nanoTime());
            if (!left.isPositive()) {
                throw new HttpFailure(HttpFailure.Reason.TIMEOUT);
            }
            HttpResponse<Bytes> response = exchange(next, left);
            if (!isRedirect(response.statusCode())) {
                return new HttpAnswer(response.statusCode(), response.body());
            }
            if (redirects == MAX_REDIRECTS || !next.method().equals("GET")) {
                throw new HttpFailure(HttpFailure.Reason.REDIRECTED);
            }
            next = next.at(target(next.uri(), response.headers().firstValue("Location")));
        }
    }

    /**
     * Opens a conversation.
     *
     * @param uri {@code ws} or {@code wss}
     * @param patience until it stands
     */
    public TextSocket open(URI uri, Duration patience) throws HttpFailure, InterruptedException {
        return TextSocket.open(http, uri, bounds, patience);
    }

    @Override
    public void close() {
        http.shutdownNow();
        threads.shutdownNow();
    }

    private HttpResponse<Bytes> exchange(HttpQuestion question, Duration patience)
            throws HttpFailure, InterruptedException {
        BoundedBody body = new BoundedBody(bounds.maxBytes());
        CompletableFuture<HttpResponse<Bytes>> answer = http.sendAsync(request(question, patience), info -> body);
        try {
            return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new HttpFailure(HttpFailure.Reason.TIMEOUT);
        } catch (ExecutionException e) {
            throw failure(e);
        } finally {
            // Without effect on an answer that is whole.
            answer.cancel(true);
            body.cancel();
        }
    }

    private HttpRequest request(HttpQuestion question, Duration patience) {
        BodyPublisher body = question.body()
                .map(json -> BodyPublishers.ofByteArray(json.toBytes()))
                .orElse(BodyPublishers.noBody());
        HttpRequest.Builder request = HttpRequest.newBuilder(question.uri())
                .timeout(patience)
                .header("User-Agent", "Oriel")
                .method(question.method(), body);
        question.token().ifPresent(token -> request.header("Authorization", "Bearer " + token.reveal()));
        question.body().ifPresent(json -> request.header("Content-Type", "application/json"));
        return request.build();
    }

    private static boolean isRedirect(int status) {
        return status == MOVED || status == FOUND || status == SEE_OTHER || status == TEMPORARY || status == PERMANENT;
    }

    private static URI target(URI from, Optional<String> location) throws HttpFailure {
        try {
            URI to = from.resolve(location.orElse("?"));
            boolean same = from.getScheme().equalsIgnoreCase(String.valueOf(to.getScheme()))
                    && from.getAuthority().equalsIgnoreCase(String.valueOf(to.getAuthority()));
            if (location.isEmpty() || !same) {
                throw new HttpFailure(HttpFailure.Reason.REDIRECTED);
            }
            return to;
        } catch (IllegalArgumentException e) {
            throw new HttpFailure(HttpFailure.Reason.MALFORMED);
        }
    }

    /** What the JDK threw, in our words: its own may quote the peer. */
    static HttpFailure failure(Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof HttpFailure ours) {
                return new HttpFailure(ours.reason());
            }
            if (at instanceof HttpTimeoutException) {
                return new HttpFailure(HttpFailure.Reason.TIMEOUT);
            }
            if (at instanceof ProtocolException || at instanceof IllegalArgumentException) {
                return new HttpFailure(HttpFailure.Reason.MALFORMED);
            }
        }
        return new HttpFailure(HttpFailure.Reason.UNREACHABLE);
    }
}
