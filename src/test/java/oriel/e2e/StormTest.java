package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.testing.Footprint;
import oriel.testing.TestOriel;
import oriel.testing.camera.CameraMedia;
import oriel.testing.camera.SimulatedCamera;
import oriel.testing.camera.SyntheticPictures;
import oriel.testing.viewer.RtpViewer;
import oriel.testing.viewer.ViewerDoors;
import oriel.testing.viewer.ViewerLoop;
import oriel.testing.viewer.ViewerOffer;

/**
 * Many come and go, politely or not: descriptors, threads, heap and direct memory are as before, and who watches meanwhile
 * loses nothing.
 */
@Timeout(900)
class StormTest extends ViewerScene {
    private static final int AT_ONCE = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private SimulatedCamera camera;
    private TestOriel oriel;
    private ViewerLoop loop;
    private RtpViewer watching;

    @BeforeEach
    void watch() throws Exception {
        camera = camera(SyntheticPictures.of(25).track());
        oriel = oriel(camera.url());
        loop = keep(ViewerLoop.start());
        watching = keep(
                Watch.watch(oriel, "door", RtpViewer.of(ViewerOffer.PICTURE).keepsNothing()));
        watching.await("a picture", () -> watching.track("video").count() > 0);
    }

    // Whatever came, the one who watches has lost nothing and goes on.
    private void watchesOn() throws InterruptedException {
        long seen = watching.track("video").count();
        watching.await("the picture goes on", () -> watching.track("video").count() > seen + 10);
        assertThat(watching.track("video").missing()).isZero();
        assertThat(watching.over()).isEmpty();
    }

    private void storm(int times, Joining each) throws Exception {
        Semaphore free = new Semaphore(AT_ONCE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                int number = i;
                free.acquire();
                all.add(threads.submit(() -> {
                    try {
                        each.join(number);
                    } finally {
                        free.release();
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
    }

    private interface Joining {
        void join(int number) throws Exception;
    }

    // Who is told to come again in a second does.
    private String answer(String offer) {
        return Awaitility.await("an answer")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> ViewerDoors.whep(oriel.base(), "door", offer), answer -> {
                    assertThat(answer.statusCode()).isIn(201, 503);
                    return answer.statusCode() == 201;
                })
                .body();
    }

    private void comesAndGoes(int number) throws Exception {
        RtpViewer viewer =
                RtpViewer.of(ViewerOffer.PICTURE).on(loop).keepsNothing().open();
        try {
            viewer.answer(answer(viewer.offer()));
            viewer.awaitConnected();
            viewer.await("a packet", () -> viewer.track("video").count() > 0);
        } finally {
            if (number % 4 == 3) {
                viewer.vanish(); // No goodbye: found out by consent, 15 s later.
            } else {
                viewer.close();
            }
        }
    }

    @Test
    void thousandViewers_comeAndGo_nothingIsLeft() throws Exception {
        storm(40, this::comesAndGoes);
        onlyOneIsLeft();
        Footprint before = Footprint.settled();
        storm(1000, this::comesAndGoes);
        onlyOneIsLeft();
        System.out.println("before " + before + ", after " + before.awaitAgain());
        assertThat(camera.connections()).isOne();
        watchesOn();
    }

    private void onlyOneIsLeft() {
        Awaitility.await("one consumer")
                .atMost(PATIENCE)
                .until(() ->
                        Watch.items(oriel.stream("door"), "consumers").items().size() == 1);
    }

    @Test
    void offersWithoutAViewer_areForgotten() throws Exception {
        String offer = keep(RtpViewer.of(ViewerOffer.PICTURE).open()).offer();
        answer(offer);
        Footprint before = Footprint.settled();
        storm(200, number -> answer(offer));
        watchesOn();
        Awaitility.await("nobody who was answered and has not come") // 30 s later
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> oriel.get("/api/oriel/limits")
                        .body()
                        .contains("\"filled\":0,\"counts\":{\"unconnected-full\""));
        before.awaitAgain();
    }

    @Test
    void webSockets_openedAndDropped_nothingIsLeft() throws Exception {
        storm(20, this::socketOpensAndDrops);
        Footprint before = Footprint.settled();
        storm(500, this::socketOpensAndDrops);
        before.awaitAgain();
        watchesOn();
    }

    private void socketOpensAndDrops(int number) throws IOException {
        try (Socket socket = connect()) {
            write(
                    socket,
                    "GET /api/ws?src=door HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
            byte[] answer = new byte[12];
            assertThat(socket.getInputStream().readNBytes(answer, 0, 12)).isEqualTo(12);
            assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 101");
            if (number % 2 == 0) {
                socket.setSoLinger(true, 0); // RST
            } else {
                socket.getOutputStream().write(new byte[] {(byte) 0x81, (byte) 0xFE, 0x10}); // half a frame
            }
        }
    }

    @Test
    void connections_openedAndHalfUsed_nothingIsLeft() throws Exception {
        storm(20, this::connectsAndLeaves);
        Footprint before = Footprint.settled();
        storm(2000, this::connectsAndLeaves);
        before.awaitAgain();
        watchesOn();
    }

    private void connectsAndLeaves(int number) throws IOException {
        try (Socket socket = connect()) {
            switch (number % 4) {
                case 0 -> {}
                case 1 -> write(socket, "GET /api/stre");
                case 2 ->
                    write(
                            socket,
                            "POST /api/webrtc?src=door HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9000\r\n\r\nv=0");
                default -> socket.setSoLinger(true, 0);
            }
        }
    }

    @Test
    void connectionsHeldOpen_withoutARequest_areClosedAfterTenSeconds_othersAreServed() throws Exception {
        List<Socket> slow = new ArrayList<>();
        Footprint before = Footprint.settled();
        for (int i = 0; i < 200; i++) {
            Socket socket = keep(connect());
            socket.setSoTimeout(30_000);
            if (i % 2 == 0) {
                write(socket, "GET /api HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ");
            }
            slow.add(socket);
        }
        assertThat(oriel.get("/api").statusCode()).isEqualTo(200);
        for (Socket socket : slow) {
            assertThat(ended(socket)).isTrue();
            socket.close();
        }
        assertThat(oriel.get("/api/oriel/limits").body()).contains("\"http-slow\":200");
        before.awaitAgain();
        watchesOn();
    }

    private static boolean ended(Socket socket) throws IOException {
        try {
            InputStream in = socket.getInputStream();
            while (in.read() >= 0) {
                // An answer on the way, such as 408.
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true; // RST
        }
    }

    @Test
    void camerasThatComeAndGo_nothingIsLeft() throws Exception {
        List<SimulatedCamera> cameras = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            SimulatedCamera one = keep(
                    SimulatedCamera.of(CameraMedia.of(SyntheticPictures.of(25).track()))
                            .start());
            cameras.add(one);
            assertThat(oriel.call("PUT", "/api/streams?name=c" + i + "&src=" + one.url())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(oriel.call("PUT", "/api/preload?src=c" + i).statusCode()).isEqualTo(200);
        }
        for (SimulatedCamera one : cameras) {
            one.await(() -> one.playing() == 1);
        }
        Footprint before = Footprint.settled();
        for (int round = 1; round <= 3; round++) {
            int connections = 1 + round;
            cameras.forEach(SimulatedCamera::reset);
            for (SimulatedCamera one : cameras) {
                one.await(() -> one.playing() == 1 && one.connections() >= connections);
            }
        }
        before.awaitAgain();
        watchesOn();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), oriel.port()), 10_000);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
