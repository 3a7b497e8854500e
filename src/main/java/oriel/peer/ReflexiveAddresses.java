package oriel.peer;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import oriel.net.Datagrams;
import oriel.net.MediaLoop;
import oriel.webrtc.ice.ServerReflexiveProbe;

/**
 * Asks STUN servers how our port looks from outside, from the port's own socket. An answer is good for as long as routers
 * keep an idle mapping; questions for the same server at the same time are asked once. Any thread.
 */
public final class ReflexiveAddresses {
    /** Servers that are asked at once; more are not. */
    private static final int MAX_PROBES = 16;

    /** Answers that are remembered; further ones are not. */
    private static final int MAX_KNOWN = 64;

    private static final long FRESH_NANOS = Duration.ofSeconds(20).toNanos();

    private final RandomGenerator random;
    private final Map<InetSocketAddress, Running> running = new ConcurrentHashMap<>();
    private final Map<InetSocketAddress, Known> known = new ConcurrentHashMap<>();

    ReflexiveAddresses(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Our address as {@code server} sees it; completes within 8 s, exceptionally if the server does not answer.
     *
     * @param server resolved
     * @param socket of the port in question
     */
    public CompletableFuture<InetSocketAddress> ask(InetSocketAddress server, Datagrams socket) {
        Known answer = known.get(server);
        if (answer != null && socket.loop().nanoTime() - answer.atNanos() < FRESH_NANOS) {
            return CompletableFuture.completedFuture(answer.mapped());
        }
        Running other = running.get(server);
        if (other != null) {
            return other.result.copy();
        }
        if (running.size() >= MAX_PROBES) {
            return CompletableFuture.failedFuture(new IllegalStateException("too many STUN servers are asked at once"));
        }
        Running probe = new Running(server, socket);
        Running first = running.putIfAbsent(server, probe);
        if (first != null) {
            return first.result.copy();
        }
        socket.loop().execute(probe::begin);
        return probe.result.copy();
    }

    /** Whether a question to this server is under way; any thread. */
    boolean asks(InetSocketAddress server) {
        return running.containsKey(server);
    }

    /** Takes the datagram if it answers a question; on any loop. */
    boolean receive(InetSocketAddress from, byte[] data, int length) {
        Running probe = running.get(from);
        if (probe == null) {
            return false;
        }
        byte[] copy = Arrays.copyOf(data, length);
        probe.loop.execute(() -> probe.answer(copy));
        return true;
    }

    private record Known(InetSocketAddress mapped, long atNanos) {}

    /** One question under way; its probe belongs to the socket's loop. */
    private final class Running {
        final InetSocketAddress server;
        final MediaLoop loop;
        final CompletableFuture<InetSocketAddress> result = new CompletableFuture<>();
        private final Datagrams socket;
        private @Nullable ServerReflexiveProbe probe;

        Running(InetSocketAddress server, Datagrams socket) {
            this.server = server;
            this.socket = socket;
            this.loop = socket.loop();
        }

        void begin() {
            ServerReflexiveProbe begun = new ServerReflexiveProbe(server, random, loop.nanoTime());
            probe = begun;
            send(begun);
            arm(begun);
        }

        void answer(byte[] data) {
            ServerReflexiveProbe asked = probe;
            if (asked != null && asked.receive(server, data, 0, data.length)) {
                finish(asked);
            }
        }

        private void tick(ServerReflexiveProbe asked) {
            if (result.isDone()) {
                return;
            }
            if (asked.tick(loop.nanoTime())) {
                send(asked);
            }
            if (asked.isOver()) {
                finish(asked);
            } else {
                arm(asked);
            }
        }

        private void arm(ServerReflexiveProbe asked) {
            OptionalLong next = asked.nextDeadline();
            if (next.isPresent()) {
                long delay = Math.max(0, next.getAsLong() - loop.nanoTime());
                loop.schedule(Duration.ofNanos(delay), () -> tick(asked));
            }
        }

        private void send(ServerReflexiveProbe asked) {
            socket.send(server, asked.request(), 0, asked.request().length);
        }

        private void remember(InetSocketAddress mapped) {
            long now = loop.nanoTime();
            known.values().removeIf(old -> now - old.atNanos() >= FRESH_NANOS);
            if (known.size() < MAX_KNOWN) {
                known.put(server, new Known(mapped, now));
            }
        }

        private void finish(ServerReflexiveProbe asked) {
            running.remove(server, this);
            if (asked.mapped().isPresent()) {
                remember(asked.mapped().get());
                result.complete(asked.mapped().get());
            } else {
                result.completeExceptionally(new IllegalStateException("no answer from the STUN server " + server));
            }
        }
    }
}
