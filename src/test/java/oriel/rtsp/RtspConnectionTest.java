package oriel.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Clock;
import oriel.base.Resolver;
import oriel.base.Seams;
import oriel.net.Dialer;
import oriel.net.Endpoint;
import oriel.net.MediaLoops;
import oriel.net.NettyLoop;
import oriel.testing.MemoryPins;
import oriel.testing.VirtualClock;

/** The test is the camera: it reads and writes the other end by hand. */
@Timeout(30)
class RtspConnectionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final RtspRequest OPTIONS = new RtspRequest("OPTIONS", "rtsp://h/a");

    private final MediaLoops loops = MediaLoops.open(1);
    private final NettyLoop loop = loops.next();
    private final VirtualClock clock = new VirtualClock();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private RtspConnection connection;
    private Socket camera;

    @BeforeEach
    void connect() throws Exception {
        connect(clock);
    }

    private void connect(Clock clock) throws Exception {
        AtomicReference<RtspConnection> opened = new AtomicReference<>();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Dialer dialer = new Dialer(loops, new Seams(clock, new Random(1), Resolver.system()), new MemoryPins());
            Endpoint endpoint = new Endpoint("127.0.0.1", server.getLocalPort(), new Endpoint.Tls.None());
            dialer.dial(
                    endpoint,
                    loop,
                    PATIENCE,
                    channel -> opened.set(RtspConnection.open(channel, clock, new Recorder())));
            camera = server.accept();
        }
        connection = opened.get();
    }

    @AfterEach
    void close() throws IOException {
        connection.close();
        assertThat(connection.awaitClosed(Duration.ofSeconds(10))).isTrue();
        camera.close();
        loops.close();
    }

    @Test
    void request_answered_givesTheAnswer() throws Exception {
        CompletableFuture<RtspResponse> answer = later(OPTIONS);
        assertThat(readHead()).isEqualTo("OPTIONS rtsp://h/a RTSP/1.0\r\nCSeq: 1\r\n\r\n");
        write("RTSP/1.0 200 OK\r\nCSeq: 1\r\nPublic: PLAY\r\n\r\n");

        assertThat(answer.get().headers().first("public")).contains("PLAY");
    }

    // Whoever asks whether anything came since the answer must not find the answer itself.
    @Test
    void reads_whenAnAnswerIsGiven_countItAlready() throws Exception {
        CompletableFuture<Long> counted = connection.send(OPTIONS).thenApply(answer -> connection.reads());
        readHead();
        assertThat(connection.reads()).isZero();
        write("RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n");

        assertThat(counted.get()).isEqualTo(1);
    }

    @Test
    void send_several_matchesAnswersByNumber() throws Exception {
        CompletableFuture<RtspResponse> first = connection.send(OPTIONS);
        CompletableFuture<RtspResponse> second = connection.send(OPTIONS);
        readHead();
        readHead();
        write("RTSP/1.0 201 B\r\nCSeq: 2\r\n\r\nRTSP/1.0 200 A\r\nCSeq: 1\r\n\r\n");

        assertThat(first.get().reason()).isEqualTo("A");
        assertThat(second.get().reason()).isEqualTo("B");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CSeq: 77\r\n", "CSeq: x\r\n", "CSeq: 0\r\n"})
    void send_answersWithoutAUsableNumber_matchInOrder(String cseq) throws Exception {
        CompletableFuture<RtspResponse> first = connection.send(OPTIONS);
        CompletableFuture<RtspResponse> second = connection.send(OPTIONS);
        readHead();
        readHead();
        write("RTSP/1.0 200 A\r\n" + cseq + "\r\nRTSP/1.0 200 B\r\n" + cseq + "\r\n");

        assertThat(first.get().reason()).isEqualTo("A");
        assertThat(second.get().reason()).isEqualTo("B");
    }

    @Test
    void request_unanswered_endsWithPatienceAndTheLateAnswerIsPassedOver() throws Exception {
        CompletableFuture<RtspResponse> unanswered = later(OPTIONS);
        readHead();
        clock.awaitWaiting(1);
        clock.advance(PATIENCE);
        assertThatThrownBy(unanswered::get).hasCauseInstanceOf(TimeoutException.class);

        CompletableFuture<RtspResponse> next = later(OPTIONS);
        readHead();
        write("RTSP/1.0 200 late\r\nCSeq: 1\r\n\r\nRTSP/1.0 200 right\r\nCSeq: 2\r\n\r\n");

        assertThat(next.get().reason()).isEqualTo("right");
    }

    @Test
    void request_descriptionShorterThanItSays_isTakenAfterAPause() throws Exception {
        connection.close();
        camera.close();
        connect(Clock.system());
        CompletableFuture<RtspResponse> answer = later(new RtspRequest("DESCRIBE", "rtsp://h/a"));
        readHead();
        write("RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Type: application/sdp\r\nContent-Length: 999\r\n\r\nv=0\r\n");

        assertThat(answer.get().text()).isEqualTo("v=0\r\n");
    }

    @Test
    void request_connectionCloses_endsWithTheReason() throws Exception {
        CompletableFuture<RtspResponse> answer = later(OPTIONS);
        readHead();
        camera.close();

        assertThatThrownBy(answer::get)
                .hasCauseInstanceOf(RtspClosedException.class)
                .hasMessageContaining("closed by the camera");
        assertThat(next()).isEqualTo("closed: closed by the camera");
        assertThatThrownBy(() -> connection.request(OPTIONS, PATIENCE)).isInstanceOf(RtspClosedException.class);
    }

    @Test
    void request_connectionReset_endsWithTheReason() throws Exception {
        camera.setSoLinger(true, 0);
        camera.close();

        assertThat(next()).isEqualTo("closed: connection reset");
    }

    @Test
    void request_nonsenseComes_endsWithTheReason() throws Exception {
        CompletableFuture<RtspResponse> answer = later(OPTIONS);
        readHead();
        write("HTTP/1.0 400 Bad Request\r\n\r\n");

        assertThatThrownBy(answer::get).hasMessageContaining("HTTP");
        assertThat(camera.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void request_interrupted_ends() throws Exception {
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread script = Thread.ofVirtual().start(() -> {
            try {
                connection.request(OPTIONS, PATIENCE);
                ended.complete(new AssertionError("answered"));
            } catch (IOException | TimeoutException | InterruptedException e) {
                ended.complete(e);
            }
        });
        readHead();
        script.interrupt();

        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void send_tooManyUnanswered_isRefused() {
        CompletableFuture<RtspResponse> last = new CompletableFuture<>();
        for (int i = 0; i < 17; i++) {
            last = connection.send(OPTIONS);
        }

        assertThat(last)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("too many");
    }

    @Test
    void interleaved_packetsOfOneRead_areToldBeforeReadDone() throws Exception {
        loop.execute(() -> connection.expect(0));
        write(new byte[] {'$', 0, 0, 2, (byte) 0x80, 96, '$', 0, 0, 2, (byte) 0x80, 97, 'x', 'y', 'z'});

        assertThat(next()).isEqualTo("0:8060");
        assertThat(next()).isEqualTo("0:8061");
        assertThat(next()).isEqualTo("stray 3");
        assertThat(next()).isEqualTo("read done");
    }

    @Test
    void interleave_packet_isFramed() throws Exception {
        loop.execute(() -> connection.interleave(1, new byte[] {(byte) 0x80, (byte) 201, 0, 1}));

        assertThat(camera.getInputStream().readNBytes(8))
                .isEqualTo(HexFormat.of().parseHex("2401000480c90001"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS", "GET_PARAMETER", "SET_PARAMETER", "ANNOUNCE"})
    void asked_whatWeUnderstand_isAnsweredWith200(String method) throws Exception {
        write(method + " * RTSP/1.0\r\nCSeq: 41\r\n\r\n");

        assertThat(readHead()).startsWith("RTSP/1.0 200 OK\r\n").contains("CSeq: 41\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"REDIRECT", "PLAY", "TEARDOWN"})
    void asked_whatWeDoNot_isAnsweredWith405(String method) throws Exception {
        write(method + " rtsp://h/ RTSP/1.0\r\nCSeq: 41\r\nContent-Length: 2\r\n\r\nhi");

        assertThat(readHead())
                .startsWith("RTSP/1.0 405 ")
                .contains("CSeq: 41\r\n")
                .contains("Allow: OPTIONS");
    }

    @Test
    void close_withFarewell_sendsItAndEnds() throws Exception {
        connection.close(new RtspRequest("TEARDOWN", "rtsp://h/a"));

        assertThat(readHead()).startsWith("TEARDOWN rtsp://h/a RTSP/1.0\r\nCSeq: 1\r\n");
        assertThat(camera.getInputStream().read()).isEqualTo(-1);
        assertThat(next()).isEqualTo("closed: closed by us");
    }

    @Test
    void close_withFarewellToACameraThatDoesNotRead_endsAllTheSame() throws Exception {
        loop.execute(() -> {
            byte[] packet = new byte[60_000];
            boolean taken = true;
            while (taken) {
                taken = connection.interleave(0, packet);
            }
        });
        connection.close(new RtspRequest("TEARDOWN", "rtsp://h/a"));

        assertThat(connection.awaitClosed(Duration.ofSeconds(20))).isTrue();
    }

    private CompletableFuture<RtspResponse> later(RtspRequest request) {
        CompletableFuture<RtspResponse> answer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                answer.complete(connection.request(request, PATIENCE));
            } catch (IOException | TimeoutException | InterruptedException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    private String readHead() throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            int c = camera.getInputStream().read();
            if (c < 0) {
                return text + "<end>";
            }
            text.append((char) c);
        }
        return text.toString();
    }

    private void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    private void write(byte[] bytes) throws IOException {
        camera.getOutputStream().write(bytes);
        camera.getOutputStream().flush();
    }

    private String next() throws InterruptedException {
        String text = told.poll(20, TimeUnit.SECONDS);
        return text == null ? "nothing" : text;
    }

    private final class Recorder implements RtspListener {
        private boolean any;

        @Override
        public void interleaved(int channel, ByteBuffer buffer, int offset, int length) {
            byte[] packet = new byte[length];
            buffer.get(offset, packet);
            told.add(channel + ":" + HexFormat.of().formatHex(packet));
            any = true;
        }

        @Override
        public void stray(int bytes) {
            told.add("stray " + bytes);
        }

        @Override
        public void readDone() {
            if (any) {
                told.add("read done");
                any = false;
            }
        }

        @Override
        public void closed(String reason) {
            told.add("closed: " + reason);
        }
    }
}
