package oriel.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A conversation in text messages over a WebSocket (RFC 6455). Two of the peer's messages are read ahead and no more, so
 * that nothing piles up here. Blocks: for one virtual thread.
 */
public final class TextSocket implements AutoCloseable {
    // The JDK does not tell of a peer that hangs up while nothing is asked of it.
    private static final int READ_AHEAD = 2;

    private final WebSocket socket;
    private final Ear ear;

    private TextSocket(WebSocket socket, Ear ear) {
        this.socket = socket;
        this.ear = ear;
    }

    static TextSocket open(HttpClient http, URI uri, HttpBounds bounds, Duration patience)
            throws HttpFailure, InterruptedException {
        Ear ear = new Ear(bounds.maxBytes());
        CompletableFuture<WebSocket> opening;
        try {
            opening = http.newWebSocketBuilder()
                    .connectTimeout(bounds.connect())
                    .header("User-Agent", "Oriel")
                    .buildAsync(uri, ear);
        } catch (IllegalArgumentException e) {
            throw new HttpFailure(HttpFailure.Reason.MALFORMED);
        }
        return new TextSocket(opened(opening, patience), ear);
    }

    private static WebSocket opened(CompletableFuture<WebSocket> opening, Duration patience)
            throws HttpFailure, InterruptedException {
        boolean waited = false;
        try {
            WebSocket socket = opening.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            waited = true;
            return socket;
        } catch (TimeoutException e) {
            throw new HttpFailure(HttpFailure.Reason.TIMEOUT);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof WebSocketHandshakeException refused
                    ? new HttpFailure(reason(refused.getResponse().statusCode()))
                    : BoundedHttpClient.failure(e);
        } finally {
            if (!waited) {
                opening.thenAccept(WebSocket::abort); // it may still come
                opening.cancel(true);
            }
        }
    }

    private static HttpFailure.Reason reason(int status) {
        // A gateway whose other side is away answers with 5xx instead of opening.
        if (status / 100 == 5) {
            return HttpFailure.Reason.UNREACHABLE;
        }
        return status / 100 == 3 ? HttpFailure.Reason.REDIRECTED : HttpFailure.Reason.MALFORMED;
    }

    /** Says one message; waits until it has left, at most {@code patience}. */
    public void send(String text, Duration patience) throws HttpFailure, InterruptedException {
        try {
            socket.sendText(text, true).get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new HttpFailure(HttpFailure.Reason.TIMEOUT);
        } catch (ExecutionException e) {
            throw BoundedHttpClient.failure(e);
        }
    }

    /** Waits for the next message, at most {@code patience}. After a failure the conversation is over. */
    public String receive(Duration patience) throws HttpFailure, InterruptedException {
        Heard heard = ear.heard.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        return switch (heard) {
            case Heard.Message(String text) -> {
                socket.request(1);
                yield text;
            }
            case Heard.End(HttpFailure.Reason reason) -> throw new HttpFailure(reason);
            case null -> throw new HttpFailure(HttpFailure.Reason.TIMEOUT);
        };
    }

    /** Hangs up; waits for nothing. */
    @Override
    public void close() {
        if (!socket.isOutputClosed()) {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").whenComplete((sent, error) -> socket.abort());
        } else {
            socket.abort();
        }
    }

    /** What came. */
    private sealed interface Heard {
        record Message(String text) implements Heard {}

        record End(HttpFailure.Reason reason) implements Heard {}
    }

    /** The JDK's end; called by one thread at a time. */
    private static final class Ear implements WebSocket.Listener {
        private final int maxChars;
        private final BlockingQueue<Heard> heard = new ArrayBlockingQueue<>(READ_AHEAD + 1);
        private final StringBuilder message = new StringBuilder();

        Ear(int maxChars) {
            this.maxChars = maxChars;
        }

        @Override
        public void onOpen(WebSocket from) {
            from.request(READ_AHEAD);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            if (part.length() > maxChars - message.length()) {
                end(HttpFailure.Reason.TOO_LARGE);
                from.abort();
                return null;
            }
            message.append(part);
            if (last) {
                heard.offer(new Heard.Message(message.toString()));
                message.setLength(0);
            } else {
                from.request(1);
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
            end(HttpFailure.Reason.MALFORMED);
            from.abort();
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            end(HttpFailure.Reason.UNREACHABLE);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            end(BoundedHttpClient.failure(error).reason());
        }

        private void end(HttpFailure.Reason reason) {
            heard.offer(new Heard.End(reason));
        }
    }
}
