package oriel.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Clock;
import oriel.base.Failure;
import oriel.base.FailureException;
import oriel.base.Resolver;
import oriel.base.Seams;
import oriel.testing.MemoryPins;
import oriel.testing.VirtualClock;
import oriel.testing.camera.CameraCertificate;

@Timeout(30)
class DialerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Endpoint.Tls NONE = new Endpoint.Tls.None();
    private static final Endpoint.Tls VERIFIED = new Endpoint.Tls.Verified("Write rtspx:// instead.");
    private static final Endpoint.Tls UNVERIFIED = new Endpoint.Tls.Unverified();

    private final MediaLoops loops = MediaLoops.open(1);
    private final MemoryPins pins = new MemoryPins();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    @BeforeEach
    void closeLoopsLast() {
        opened.add(loops);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void dial_listeningPort_connectsAndReadsFromTheFirstByte(boolean portable) throws Exception {
        MediaLoops kind = portable ? MediaLoops.openPortable(1) : loops;
        opened.add(kind);
        Dialer dialer = new Dialer(kind, seams(Clock.system(), Map.of()), pins);
        NettyLoop home = kind.next();
        AtomicBoolean onLoop = new AtomicBoolean();

        Channel channel = dialer.dial(endpoint(greeter(plain()), NONE), home, PATIENCE, c -> {
            onLoop.set(home.inLoop());
            reader(c);
        });

        assertThat(next()).isEqualTo("hello");
        assertThat(onLoop).isTrue();
        assertThat(channel.eventLoop()).isSameAs(home.events());
        channel.close().await();
    }

    @Test
    void dial_portThatRefuses_failsAsRefused() throws Exception {
        int port = freePort();

        assertThat(failure(endpoint(port, NONE))).isEqualTo(new Failure.Refused("127.0.0.1", port));
    }

    @Test
    void dial_unknownName_failsAsDns() {
        Failure failure = failure(seams(Clock.system(), Map.of()), new Endpoint("cam.invalid", 554, NONE));

        assertThat(failure).isEqualTo(new Failure.Dns("cam.invalid"));
    }

    @Test
    void dial_resolverThatHangs_failsAsDnsWhenPatienceEnds() throws Exception {
        VirtualClock clock = new VirtualClock();
        CountDownLatch never = new CountDownLatch(1);
        Seams seams = new Seams(clock, new Random(1), host -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                throw new UnknownHostException(host);
            }
            return List.of();
        });

        CompletableFuture<Failure> failure = later(seams, new Endpoint("cam.local", 554, NONE));
        clock.awaitWaiting(1);
        clock.advance(PATIENCE);

        assertThat(failure.get()).isEqualTo(new Failure.Dns("cam.local"));
        never.countDown();
    }

    @Test
    void dial_firstAddressRefuses_takesTheNextAtOnce() throws Exception {
        int port = greeter(plain());
        // Nobody listens there: the greeter is bound to 127.0.0.1 alone.
        Seams seams = seams(Clock.system(), Map.of("cam.local", List.of("127.0.0.2", "127.0.0.1")));

        Channel channel = dial(seams, new Endpoint("cam.local", port, NONE));

        assertThat(channel.remoteAddress().toString()).contains("127.0.0.1");
        channel.close().await();
    }

    @Test
    void dial_firstAddressIsSilent_takesTheNextAfterASecond() throws Exception {
        ServerSocket silent = deaf();
        ServerSocket answers = new ServerSocket(silent.getLocalPort(), 5, InetAddress.getByName("127.0.0.3"));
        opened.add(answers);
        Seams seams = seams(Clock.system(), Map.of("cam.local", List.of("127.0.0.2", "127.0.0.3")));

        Channel channel = dial(seams, new Endpoint("cam.local", silent.getLocalPort(), NONE));

        assertThat(channel.remoteAddress().toString()).contains("127.0.0.3");
        channel.close().await();
    }

    @Test
    void dial_hostThatIsSilent_failsAsTimeoutWhenPatienceEnds() throws Exception {
        VirtualClock clock = new VirtualClock();
        CompletableFuture<Failure> failure =
                later(seams(clock, Map.of()), new Endpoint("127.0.0.2", deaf().getLocalPort(), NONE));
        clock.awaitWaiting(1);
        clock.advance(PATIENCE);

        assertThat(failure.get()).isEqualTo(new Failure.Timeout("127.0.0.2", PATIENCE));
    }

    @Test
    void dial_literalThatIsNone_failsAsDns() {
        assertThat(failure(new Endpoint("300.1.1.1", 554, NONE))).isEqualTo(new Failure.Dns("300.1.1.1"));
    }

    @Test
    void dial_addressAgainstTheRule_isNeverDialled() throws Exception {
        int port = greeter(plain());
        Endpoint endpoint = new Endpoint("127.0.0.1", port, NONE, address -> Optional.of("not there: " + address));

        assertThat(failure(endpoint)).isEqualTo(new Failure.Unsupported("not there: /127.0.0.1"));
        assertThat(received).isEmpty();
    }

    @Test
    void dial_interrupted_endsAndClosesWhatItOpened() throws Exception {
        CountDownLatch accepted = new CountDownLatch(1);
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        ServerSocket server = plain();
        serve(server, socket -> {
            accepted.countDown();
            // A TLS hello comes and is never answered; then the end.
            while (socket.getInputStream().read() >= 0) {
                Thread.onSpinWait();
            }
            closed.complete(1);
        });
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread script = Thread.ofVirtual().start(() -> {
            try {
                dial(seams(Clock.system(), Map.of()), endpoint(server.getLocalPort(), UNVERIFIED));
                ended.complete(new AssertionError("connected"));
            } catch (FailureException | InterruptedException e) {
                ended.complete(e);
            }
        });
        accepted.await();
        script.interrupt();

        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
        assertThat(closed.get(20, TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    void dial_handshakeThatHangs_failsAsTimeoutWhenPatienceEnds() throws Exception {
        VirtualClock clock = new VirtualClock();
        CountDownLatch hello = new CountDownLatch(1);
        ServerSocket server = plain();
        serve(server, socket -> {
            if (socket.getInputStream().read() >= 0) {
                hello.countDown();
            }
            while (socket.getInputStream().read() >= 0) {
                Thread.onSpinWait();
            }
        });

        CompletableFuture<Failure> failure = later(seams(clock, Map.of()), endpoint(server.getLocalPort(), UNVERIFIED));
        hello.await();
        clock.awaitWaiting(1);
        clock.advance(PATIENCE);

        assertThat(failure.get()).isEqualTo(new Failure.Timeout("127.0.0.1", PATIENCE));
    }

    @Test
    void dial_addressWithAnyCertificate_pinsItAndTakesItAgain() throws Exception {
        CameraCertificate certificate = CameraCertificate.selfSigned();
        int port = greeter(secure(certificate));

        dialAndGreet(endpoint(port, VERIFIED));
        assertThat(pins.pin("127.0.0.1", port)).contains(certificate.sha256());
        dialAndGreet(endpoint(port, VERIFIED));
        assertThat(pins.count()).isEqualTo(1);
    }

    @Test
    void dial_addressWithAnotherCertificate_failsAsTlsAndNamesTheWayOut() throws Exception {
        int port = greeter(secure(CameraCertificate.selfSigned()));
        pins.remember("127.0.0.1", port, CameraCertificate.selfSigned().sha256());

        Failure failure = failure(endpoint(port, VERIFIED));

        assertThat(failure).isInstanceOf(Failure.Tls.class);
        assertThat(failure.sentence()).contains("not the one").contains("rtspx://");
        assertThat(received).isEmpty();
    }

    @Test
    void dial_nameWithSelfSignedCertificate_failsAsTlsAndNamesTheWayOut() throws Exception {
        int port = greeter(secure(CameraCertificate.selfSigned("cam.local")));
        Seams seams = seams(Clock.system(), Map.of("cam.local", List.of("127.0.0.1")));

        Failure failure = failure(seams, new Endpoint("cam.local", port, VERIFIED));

        assertThat(failure).isInstanceOf(Failure.Tls.class);
        assertThat(failure.sentence()).contains("rtspx://");
        assertThat(pins.count()).isZero();
    }

    @Test
    void dial_nameWithTrustedCertificate_connects() throws Exception {
        CameraCertificate certificate = CameraCertificate.selfSigned("cam.local");
        int port = greeter(secure(certificate));
        Seams seams = seams(Clock.system(), Map.of("cam.local", List.of("127.0.0.1")));
        Dialer dialer = new Dialer(loops, seams, pins, certificate.trustManager());

        Channel channel =
                dialer.dial(new Endpoint("CAM.local", port, VERIFIED), loops.next(), PATIENCE, DialerTest.this::reader);

        assertThat(next()).isEqualTo("hello");
        channel.close().await();
    }

    @Test
    void dial_trustedCertificateForAnotherName_failsAsTls() throws Exception {
        CameraCertificate certificate = CameraCertificate.selfSigned("other.local");
        int port = greeter(secure(certificate));
        Seams seams = seams(Clock.system(), Map.of("cam.local", List.of("127.0.0.1")));
        Dialer dialer = new Dialer(loops, seams, pins, certificate.trustManager());

        FailureException failure = catchThrowableOfType(
                FailureException.class,
                () -> dialer.dial(new Endpoint("cam.local", port, VERIFIED), loops.next(), PATIENCE, this::reader));

        assertThat(failure.failure()).isInstanceOf(Failure.Tls.class);
    }

    @Test
    void dial_unverified_takesAnyCertificateAndPinsNone() throws Exception {
        int port = greeter(secure(CameraCertificate.selfSigned("elsewhere.example")));
        pins.remember("127.0.0.1", port, "00");

        dialAndGreet(endpoint(port, UNVERIFIED));

        assertThat(pins.pin("127.0.0.1", port)).contains("00");
    }

    @Test
    void dial_portWithoutTls_failsAsTlsInPlainWords() throws Exception {
        Failure failure = failure(endpoint(greeter(plain()), VERIFIED));

        assertThat(failure.sentence()).contains("does not speak TLS").doesNotContain("rtspx");
    }

    @Test
    void failure_ofSeveralErrors_isTheMostTelling() {
        Endpoint endpoint = new Endpoint("10.0.0.1", 554, NONE);
        Duration soon = Duration.ofMillis(20);
        Throwable refused = new ConnectException("Connection refused: /10.0.0.1:554");
        Throwable noNetwork = new ConnectException("connect(..) failed: Network is unreachable");
        Throwable noHost = new NoRouteToHostException("No route to host: /10.0.0.1:554");

        assertThat(Dialer.failure(endpoint, List.of(noNetwork, refused), soon))
                .isEqualTo(new Failure.Refused("10.0.0.1", 554));
        assertThat(Dialer.failure(endpoint, List.of(noNetwork), soon)).isEqualTo(new Failure.NoRoute("10.0.0.1"));
        assertThat(Dialer.failure(endpoint, List.of(noHost), soon)).isEqualTo(new Failure.NoRoute("10.0.0.1"));
        // A camera that is off: the kernel says "no route" too, once it has asked around for it.
        Duration late = Duration.ofSeconds(3);
        assertThat(Dialer.failure(endpoint, List.of(noHost), late)).isEqualTo(new Failure.Timeout("10.0.0.1", late));
        assertThat(Dialer.failure(endpoint, List.of(new IOException("odd")), soon))
                .isEqualTo(new Failure.Timeout("10.0.0.1", soon));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "::1", "fe80::1%eth0"})
    void literal_ofAddresses_isTrue(String host) {
        assertThat(new Endpoint(host, 554, NONE).literal()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cam", "cam.local", "10.0.0.1.example", "cam1"})
    void literal_ofNames_isFalse(String host) {
        assertThat(new Endpoint(host, 554, NONE).literal()).isFalse();
    }

    private void dialAndGreet(Endpoint endpoint) throws Exception {
        Channel channel = dial(seams(Clock.system(), Map.of()), endpoint);
        assertThat(next()).isEqualTo("hello");
        channel.close().await();
    }

    private Channel dial(Seams seams, Endpoint endpoint) throws FailureException, InterruptedException {
        return new Dialer(loops, seams, pins).dial(endpoint, loops.next(), PATIENCE, this::reader);
    }

    private Failure failure(Endpoint endpoint) {
        return failure(seams(Clock.system(), Map.of()), endpoint);
    }

    private Failure failure(Seams seams, Endpoint endpoint) {
        return catchThrowableOfType(FailureException.class, () -> dial(seams, endpoint))
                .failure();
    }

    private CompletableFuture<Failure> later(Seams seams, Endpoint endpoint) {
        CompletableFuture<Failure> failure = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                failure.complete(failure(seams, endpoint));
            } catch (RuntimeException | Error e) {
                failure.completeExceptionally(e);
            }
        });
        return failure;
    }

    private String next() throws InterruptedException {
        String text = received.poll(20, TimeUnit.SECONDS);
        return text == null ? "nothing" : text;
    }

    private void reader(Channel channel) {
        channel.pipeline().addLast(new SimpleChannelInboundHandler<ByteBuf>() {
            @Override
            protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
                received.add(bytes.toString(StandardCharsets.US_ASCII));
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                context.close();
            }
        });
    }

    private static Endpoint endpoint(int port, Endpoint.Tls tls) {
        return new Endpoint("127.0.0.1", port, tls);
    }

    private static Seams seams(Clock clock, Map<String, List<String>> names) {
        Resolver resolver = host -> {
            List<InetAddress> addresses = new ArrayList<>();
            if (!names.containsKey(host) && !new Endpoint(host, 1, NONE).literal()) {
                throw new UnknownHostException(host);
            }
            for (String address : names.getOrDefault(host, List.of(host))) {
                addresses.add(InetAddress.ofLiteral(address));
            }
            return addresses;
        };
        return new Seams(clock, new Random(1), resolver);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private ServerSocket plain() throws IOException {
        return bound(ServerSocketFactory.getDefault());
    }

    private ServerSocket secure(CameraCertificate certificate) throws IOException {
        return bound(certificate.serverContext().getServerSocketFactory());
    }

    private ServerSocket bound(ServerSocketFactory factory) throws IOException {
        ServerSocket server = factory.createServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
        opened.add(server);
        return server;
    }

    /** Full: Linux answers no further connection while nobody accepts. */
    private ServerSocket deaf() throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"));
        opened.add(server);
        for (int i = 0; i < 2; i++) {
            Socket filler = new Socket(server.getInetAddress(), server.getLocalPort());
            opened.add(filler);
        }
        return server;
    }

    private static int greeter(ServerSocket server) {
        serve(server, socket -> {
            socket.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            while (socket.getInputStream().read() >= 0) {
                Thread.onSpinWait();
            }
        });
        return server.getLocalPort();
    }

    private static void serve(ServerSocket server, Service service) {
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    service.serve(socket);
                } catch (IOException e) {
                    // The client went away or the test has ended; the next one is served.
                }
            }
        });
    }

    private interface Service {
        void serve(Socket socket) throws IOException;
    }
}
