package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import oriel.base.Json;
import oriel.base.JsonNumber;
import oriel.base.JsonObject;
import oriel.base.JsonValue;
import oriel.testing.OrielProcess;
import oriel.testing.browser.Browser;
import oriel.testing.browser.BrowserPage;
import oriel.testing.browser.BrowserPlayer;
import oriel.testing.browser.BrowserPlayer.Door;
import oriel.testing.browser.PeerStats;

/** Nonsense at every port, while a browser plays: it is counted or answered in words, and the browser does not notice. */
@Timeout(180)
class BadNeighbourIT {
    private static final int SECOND = 25;
    private static final int DEADLINE_MILLIS = 20_000;
    private static final Pattern UFRAG = Pattern.compile("a=ice-ufrag:(\\S+)");

    @TempDir
    private static Path folder;

    private static Browser browser;
    private static OrielProcess oriel;
    private static int apiPort;
    private static int webrtcPort;

    private static BrowserPage page;
    private static BrowserPlayer player;

    private final Random random = new Random(7);

    @BeforeAll
    static void startOriel() throws Exception {
        browser = Browser.orSkip();
        oriel = OrielProcess.in(folder).start("-c", "api.listen=127.0.0.1:0", "-c", "webrtc.listen=127.0.0.1:0");
        apiPort = Integer.parseInt(oriel.base().replaceAll(".*:", ""));
        webrtcPort = Integer.parseInt(oriel.awaitLine("\\[webrtc\\] listen").replaceAll(".*:", ""));
        page = browser.page();
        player = BrowserPlayer.play(page, oriel.base(), "demo", Door.WEBSOCKET);
        player.awaitPicture();
        player.awaitDecoded(SECOND);
    }

    @AfterAll
    static void stopOriel() {
        if (oriel != null) {
            oriel.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    /** The viewer from before the nonsense goes on as if nothing had been. */
    @AfterEach
    void playsOnUndisturbed() {
        player.awaitDecoded(SECOND / 2);
        PeerStats stats = player.stats();
        assertThat(stats.connectionState()).isEqualTo("connected");
        assertThat(stats.packetsLost()).isZero();
        assertThat(stats.plisSent()).isZero();
        assertThat(player.backwards()).isZero();
        assertThat(player.errors()).isEmpty();
        assertThat(page.peers()).isEqualTo(1);
        assertThat(oriel.lines())
                .noneMatch(line -> line.contains(" ERR ") || line.contains("Exception") || line.contains("\tat "));
    }

    @Test
    void datagrams_ofAnyBytes_areDroppedAndCounted() throws Exception {
        long before = webrtcDrops();
        try (DatagramSocket socket = new DatagramSocket()) {
            for (int i = 0; i < 500; i++) {
                byte[] junk = new byte[1 + random.nextInt(1400)];
                random.nextBytes(junk);
                send(socket, junk);
            }
            send(socket, new byte[0]);
            send(socket, new byte[5000]);
        }
        assertThat(awaitWebrtcDrops(before + 250)).isGreaterThanOrEqualTo(before + 250);
    }

    @Test
    void stun_unknownTruncatedOrForged_isDroppedAndCounted() throws Exception {
        long before = webrtcDrops();
        byte[] unknown = check("nobody:somebody");
        byte[] forged = check(ufrag() + ":somebody");
        try (DatagramSocket socket = new DatagramSocket()) {
            for (int length = 1; length <= unknown.length; length++) {
                send(socket, Arrays.copyOf(unknown, length));
                send(socket, Arrays.copyOf(forged, length));
            }
            for (int bit = 0; bit < 8 * forged.length; bit++) {
                byte[] flipped = forged.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                send(socket, flipped);
            }
        }
        awaitWebrtcDrops(before + unknown.length / 2);
        // What named this viewer, but could not sign for it, stands with the viewer.
        Awaitility.await("a drop of the viewer's own").until(BadNeighbourIT::consumerDrops, drops -> drops > 0);
    }

    @Test
    void dtls_fromStrangers_isDroppedAndCounted() throws Exception {
        long before = webrtcDrops();
        byte[] hello = new byte[200];
        random.nextBytes(hello);
        // A record: handshake, DTLS 1.0, epoch 0; in it a ClientHello as far as its header goes.
        byte[] head = {22, (byte) 0xFE, (byte) 0xFF, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 187, 1, 0, 0, (byte) 175};
        System.arraycopy(head, 0, hello, 0, head.length);
        try (DatagramSocket socket = new DatagramSocket()) {
            for (int length = 1; length <= hello.length; length++) {
                send(socket, Arrays.copyOf(hello, length));
            }
        }
        awaitWebrtcDrops(before + hello.length / 2);
    }

    static List<String> nonsense() {
        String post = "POST /api/webrtc?src=demo HTTP/1.1|Host: 127.0.0.1|Content-Type: ";
        String sdp = "application/sdp";
        return List.of(
                "NONSENSE",
                "GET /api/streams?src=%zz HTTP/1.1|Host: 127.0.0.1",
                "GET /api/streams?src=%00%ff HTTP/1.1|Host: 127.0.0.1",
                "GET /../../etc/passwd HTTP/1.1|Host: 127.0.0.1",
                "GET /api HTTP/1.1",
                "GET /api HTTP/1.1|Host: evil.example",
                "GET /api HTTP/1.1|Host: 127.0.0.1|X-Long: " + "x".repeat(20_000),
                "POST /api/streams HTTP/1.1|Host: 127.0.0.1|Content-Length: -5",
                "POST /api/streams HTTP/1.1|Host: 127.0.0.1|Content-Length: 99999999",
                "POST /api/streams HTTP/1.1|Host: 127.0.0.1|Content-Length: 9||{\"name\":}",
                "POST /api/streams HTTP/1.1|Host: 127.0.0.1|Content-Length: 2||[]",
                "PUT /api/streams?name=x HTTP/1.1|Host: 127.0.0.1",
                "PUT /api/streams?name=a%0Ab&src=rtsp%3A%2F%2Fx HTTP/1.1|Host: 127.0.0.1",
                post + "application/json|Content-Length: 7||{\"sdp\":",
                post + "application/json|Content-Length: 30||{\"type\":\"offer\",\"sdp\":\"v=0\\n\"}",
                post + "application/x-www-form-urlencoded|Content-Length: 8||data=!!!",
                post + sdp + "|Content-Length: 0",
                post + sdp + "|Content-Length: 4||v=0|",
                post + sdp + "|Content-Length: 27||v=0\nm=video x RTP/AVP 96\na=");
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void request_malformed_isAnsweredInWords(String request) throws Exception {
        String answer = exchange(request.replace("|", "\r\n") + (request.contains("||") ? "" : "\r\n\r\n"));

        assertThat(answer).matches("(?s)HTTP/1\\.[01] 4\\d\\d .*");
        assertThat(answer)
                .doesNotContain("Exception", "\tat ", "at oriel.", "io.micronaut", "io.netty", "root:")
                .contains("\r\n\r\n");
    }

    @Test
    void socket_malformedMessages_areAnsweredInWords_andTheSocketGoesOn() throws Exception {
        try (BrowserPage other = browser.page()) {
            other.goQuiet(oriel.base());
            Object answers = other.evaluate("""
                    () => new Promise((resolve, reject) => {
                      const socket = new WebSocket(location.origin.replace('http', 'ws') + '/api/ws?src=demo');
                      const sent = ['{', '[]', 'null', '"x"', '{"type":5}', '{"type":"webrtc"}',
                        '{"type":"webrtc","value":{"type":"answer","sdp":""}}',
                        '{"type":"webrtc","value":{"type":"offer","sdp":"v=0"}}',
                        '{"type":"webrtc/offer","value":"m=video"}', '{"type":"no/such","value":1}'];
                      const heard = [];
                      const next = () => {
                        if (heard.length === sent.length) resolve(heard);
                        else socket.send(sent[heard.length]);
                      };
                      socket.onopen = next;
                      socket.onmessage = (event) => { heard.push(event.data); next(); };
                      socket.onclose = () => reject(new Error('closed after ' + JSON.stringify(heard)));
                    })""");

            assertThat(answers)
                    .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                    .allSatisfy(answer -> assertThat(answer)
                            .startsWith("{\"type\":\"error\",\"value\":\"")
                            .doesNotContain("Exception"));
        }
    }

    /** A binding request for {@code user} that nobody signed (RFC 8489, 5; RFC 8445, 7.1). */
    private byte[] check(String user) {
        byte[] name = user.getBytes(StandardCharsets.UTF_8);
        int padded = (name.length + 3) & ~3;
        byte[] transaction = new byte[12];
        random.nextBytes(transaction);
        return ByteBuffer.allocate(20 + 4 + padded + 24)
                .putShort((short) 0x0001)
                .putShort((short) (4 + padded + 24))
                .putInt(0x2112A442)
                .put(transaction)
                .putShort((short) 0x0006)
                .putShort((short) name.length)
                .put(Arrays.copyOf(name, padded))
                .putShort((short) 0x0008)
                .putShort((short) 20)
                .array();
    }

    private String ufrag() {
        Matcher matcher = UFRAG.matcher(player.answer());
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static void send(DatagramSocket socket, byte[] bytes) throws IOException {
        socket.send(new DatagramPacket(
                bytes, bytes.length, new InetSocketAddress(InetAddress.getByName("127.0.0.1"), webrtcPort)));
    }

    private static String exchange(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), apiPort)) {
            socket.setSoTimeout(DEADLINE_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            StringBuilder answer = new StringBuilder();
            byte[] buffer = new byte[8192];
            // The head, and what comes with it: some of these connections stay open.
            while (answer.indexOf("\r\n\r\n") < 0) {
                int count = socket.getInputStream().read(buffer);
                if (count < 0) {
                    throw new AssertionError("closed after: " + answer);
                }
                answer.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
            }
            return answer.toString();
        }
    }

    private static long webrtcDrops() throws Exception {
        JsonObject limits =
                (JsonObject) Json.parse(oriel.get("/api/oriel/limits").body());
        return sum(limits.object("drops").orElseThrow().object("webrtc").orElseThrow());
    }

    private static long awaitWebrtcDrops(long count) {
        return Awaitility.await(count + " counted")
                .atMost(Duration.ofMillis(DEADLINE_MILLIS))
                .until(BadNeighbourIT::webrtcDrops, drops -> drops >= count);
    }

    private static long consumerDrops() throws Exception {
        JsonObject stream =
                (JsonObject) Json.parse(oriel.get("/api/streams?src=demo").body());
        long drops = 0;
        for (JsonValue consumer : stream.array("consumers").orElseThrow().items()) {
            drops += sum(((JsonObject) consumer).object("drops").orElseThrow());
        }
        return drops;
    }

    private static long sum(JsonObject counters) {
        return counters.members().values().stream()
                .mapToLong(value -> ((JsonNumber) value).toLong().orElseThrow())
                .sum();
    }
}
