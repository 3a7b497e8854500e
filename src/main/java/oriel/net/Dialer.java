package oriel.net;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import oriel.base.Failure;
import oriel.base.FailureException;
import oriel.base.Seams;

/**
 * Opens TCP and TLS connections for scripts: blocks the calling virtual thread, while the channel lives on the loop it
 * was given. Names are resolved and certificates' pins looked up on virtual threads, never on the loop. Safe on any
 * thread.
 */
public final class Dialer {
    /** How long a camera may take to answer, unless its owner says otherwise. */
    public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(5);

    // Nobody has more that work; a bound against nonsense in DNS.
    private static final int MAX_ADDRESSES = 8;
    // Our own stack needs this long to find that a neighbour does not answer its ARP; a router's "no" is quicker.
    private static final Duration NEIGHBOUR_SEARCH = Duration.ofSeconds(1);

    private final MediaLoops loops;
    private final Seams seams;
    private final CertificatePins pins;
    private final ClientTls tls;

    /** @param loops the group to which every loop given to {@link #dial} belongs */
    public Dialer(MediaLoops loops, Seams seams, CertificatePins pins) {
        this(loops, seams, pins, new ClientTls(Optional.empty()));
    }

    Dialer(MediaLoops loops, Seams seams, CertificatePins pins, TrustManager authorities) {
        this(loops, seams, pins, new ClientTls(Optional.of(authorities)));
    }

    private Dialer(MediaLoops loops, Seams seams, CertificatePins pins, ClientTls tls) {
        this.loops = loops;
        this.seams = seams;
        this.pins = pins;
        this.tls = tls;
    }

    /**
     * Connects to {@code endpoint}, handshake included.
     *
     * @param home a loop of the group, on which the channel will live
     * @param patience for all of it: name, connection, handshake
     * @param initializer adds handlers to the channel's pipeline, on the loop, before a byte is read; with TLS they see
     *     plain bytes
     * @return the channel, which now belongs to the caller
     * @throws FailureException {@code dns}, {@code refused}, {@code no-route}, {@code timeout}, {@code tls}, or {@code
     *     unsupported} if the endpoint's rule refuses all addresses
     */
    public Channel dial(Endpoint endpoint, MediaLoop home, Duration patience, Consumer<Channel> initializer)
            throws FailureException, InterruptedException {
        if (!(home instanceof NettyLoop loop)) {
            throw new IllegalArgumentException("channels need a loop of MediaLoops, not " + home);
        }
        Attempt attempt = new Attempt(endpoint, patience, Deadline.in(seams.clock(), patience));
        List<InetSocketAddress> addresses = attempt.permitted(attempt.resolve());
        Consumer<Channel> handlers = attempt.handlers(initializer);
        ConnectRace race = new ConnectRace(loop, loops.socketChannel(), addresses, handlers);
        boolean handedOver = false;
        try {
            Channel channel = attempt.connected(race);
            attempt.shakeHands();
            handedOver = true;
            return channel;
        } finally {
            if (!handedOver) {
                race.cancel();
            }
        }
    }

    /** What several failed connections say together. */
    static Failure failure(Endpoint endpoint, List<Throwable> errors, Duration waited) {
        boolean away = false;
        for (Throwable error : errors) {
            String text = String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
            boolean unreachable = error instanceof NoRouteToHostException
                    || text.contains("unreachable")
                    || text.contains("no route");
            if (!unreachable && error instanceof ConnectException && text.contains("refused")) {
                return new Failure.Refused(endpoint.host(), endpoint.port());
            }
            away |= unreachable;
        }
        // A camera in our own network that is off makes the same error as a missing route, only later.
        if (away && waited.compareTo(NEIGHBOUR_SEARCH) < 0) {
            return new Failure.NoRoute(endpoint.host());
        }
        return new Failure.Timeout(endpoint.host(), waited);
    }

    private final class Attempt {
        private final Endpoint endpoint;
        private final Duration patience;
        private final Deadline deadline;
        private final CompletableFuture<Boolean> handshake = new CompletableFuture<>();
        private Optional<ClientTls.Witness> witness = Optional.empty();

        Attempt(Endpoint endpoint, Duration patience, Deadline deadline) {
            this.endpoint = endpoint;
            this.patience = patience;
            this.deadline = deadline;
        }

        List<InetAddress> resolve() throws FailureException, InterruptedException {
            if (!endpoint.literal()) {
                return resolveName();
            }
            try {
                return List.of(InetAddress.ofLiteral(endpoint.host()));
            } catch (IllegalArgumentException e) {
                throw new FailureException(new Failure.Dns(endpoint.host()), e);
            }
        }

        // A resolver may hang for longer than anybody wants to wait, and cannot be interrupted.
        private List<InetAddress> resolveName() throws FailureException, InterruptedException {
            CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
            Thread.ofVirtual().name("resolve " + endpoint.host()).start(() -> {
                try {
                    answer.complete(seams.resolver().resolve(endpoint.host()));
                } catch (UnknownHostException | RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            });
            try {
                return deadline.await(answer);
            } catch (ExecutionException | TimeoutException e) {
                throw new FailureException(new Failure.Dns(endpoint.host()), e);
            }
        }

        List<InetSocketAddress> permitted(List<InetAddress> addresses) throws FailureException {
            List<InetSocketAddress> permitted = new ArrayList<>();
            Optional<String> refusal = Optional.empty();
            for (InetAddress address : addresses.subList(0, Math.min(MAX_ADDRESSES, addresses.size()))) {
                Optional<String> no = endpoint.rule().refusal(address);
                if (no.isEmpty()) {
                    permitted.add(new InetSocketAddress(address, endpoint.port()));
                }
                refusal = refusal.or(() -> no);
            }
            if (permitted.isEmpty()) {
                throw new FailureException(refusal.<Failure>map(Failure.Unsupported::new)
                        .orElseGet(() -> new Failure.Dns(endpoint.host())));
            }
            return permitted;
        }

        Consumer<Channel> handlers(Consumer<Channel> initializer) throws FailureException {
            return switch (endpoint.tls()) {
                case Endpoint.Tls.None none -> {
                    handshake.complete(true);
                    yield initializer;
                }
                case Endpoint.Tls.Verified verified
                when !endpoint.literal() -> secured(channel -> tls.named(endpoint, channel.alloc()), initializer);
                case Endpoint.Tls.Verified verified ->
                    secured(new ClientTls.Witness(pins.pin(endpoint.host(), endpoint.port())), initializer);
                case Endpoint.Tls.Unverified unverified ->
                    secured(new ClientTls.Witness(Optional.empty()), initializer);
            };
        }

        private Consumer<Channel> secured(ClientTls.Witness seesAll, Consumer<Channel> initializer) {
            witness = Optional.of(seesAll);
            return secured(channel -> tls.witnessed(endpoint, channel.alloc(), seesAll), initializer);
        }

        private Consumer<Channel> secured(TlsFactory factory, Consumer<Channel> initializer) {
            return channel -> {
                try {
                    SslHandler handler = factory.handler(channel);
                    handler.handshakeFuture().addListener((Future<Channel> ended) -> {
                        if (ended.isSuccess()) {
                            handshake.complete(true);
                        } else {
                            handshake.completeExceptionally(ended.cause());
                        }
                    });
                    channel.pipeline().addLast(handler);
                    initializer.accept(channel);
                } catch (SSLException e) {
                    handshake.completeExceptionally(e);
                }
            };
        }

        Channel connected(ConnectRace race) throws FailureException, InterruptedException {
            try {
                return deadline.await(race.start());
            } catch (ExecutionException e) {
                List<Throwable> errors =
                        e.getCause() instanceof ConnectRace.NoneAnswered none ? none.errors() : List.of();
                throw new FailureException(failure(endpoint, errors, waited()), e);
            } catch (TimeoutException e) {
                throw new FailureException(new Failure.Timeout(endpoint.host(), patience), e);
            }
        }

        void shakeHands() throws FailureException, InterruptedException {
            try {
                deadline.await(handshake);
            } catch (ExecutionException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                throw new FailureException(new Failure.Tls(ClientTls.reason(cause) + advice(cause)), e);
            } catch (TimeoutException e) {
                throw new FailureException(new Failure.Timeout(endpoint.host(), patience), e);
            }
            boolean pinned = endpoint.tls() instanceof Endpoint.Tls.Verified;
            witness.filter(w -> pinned && !w.seen().isEmpty()).ifPresent(w -> {
                if (pins.pin(endpoint.host(), endpoint.port()).isEmpty()) {
                    pins.remember(endpoint.host(), endpoint.port(), w.seen());
                }
            });
        }

        private String advice(Throwable cause) {
            return endpoint.tls() instanceof Endpoint.Tls.Verified verified && ClientTls.distrusted(cause)
                    ? ". " + verified.advice()
                    : "";
        }

        private Duration waited() {
            return patience.minus(deadline.left());
        }
    }

    private interface TlsFactory {
        SslHandler handler(Channel channel) throws SSLException;
    }
}
