package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.testing.OrielProcess;
import oriel.testing.camera.SimulatedCamera;
import oriel.testing.camera.SyntheticPictures;
import oriel.testing.viewer.RtpViewer;
import oriel.testing.viewer.ViewerDoors;
import oriel.testing.viewer.ViewerOffer;

/** A process that may open no more files: who watches goes on, the doors wait, and all is well when there are some again. */
@Timeout(300)
class DescriptorsIT extends ViewerScene {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int SPARE = 8;
    private static final int CONNECTIONS = 200;

    private static long open(ProcessHandle process) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
            return files.count();
        }
    }

    private static void limit(ProcessHandle process, long most) throws Exception {
        int code = new ProcessBuilder("prlimit", "--pid", Long.toString(process.pid()), "--nofile=" + most + ":")
                .inheritIO()
                .start()
                .waitFor();
        assertThat(code).isZero();
    }

    @Test
    void noDescriptorsLeft_viewersGoOn_andTheDoorsOpenAgainByThemselves() throws Exception {
        SimulatedCamera camera = camera(SyntheticPictures.of(25).track());
        OrielProcess oriel = keep(OrielProcess.in(folder)
                .start(
                        "-c",
                        "{api: {listen: \"127.0.0.1:0\"}, webrtc: {listen: \"127.0.0.1:0\"}, oriel: {demo: off},"
                                + " streams: {door: \"" + camera.url() + "\"}}"));
        String base = oriel.base();
        RtpViewer watching =
                keep(RtpViewer.of(ViewerOffer.PICTURE).keepsNothing().open());
        watching.answer(ViewerDoors.json(base, "door", watching.offer()));
        watching.await("a picture", () -> watching.track("video").count() > 0);

        ProcessHandle process = oriel.handle();
        long most = open(process) + SPARE;
        limit(process, most);
        InetSocketAddress door = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), URI.create(base).getPort());
        Socket[] sockets = new Socket[CONNECTIONS];
        for (int i = 0; i < CONNECTIONS; i++) {
            sockets[i] = keep(new Socket());
            sockets[i].connect(door, 10_000); // By the kernel; Oriel takes few of them.
        }
        Awaitility.await("no descriptor is left").atMost(PATIENCE).until(() -> open(process) >= most - 1);
        long seen = watching.track("video").count();
        watching.await("the picture goes on", () -> watching.track("video").count() > seen + 75);
        assertThat(watching.track("video").missing()).isZero();
        assertThat(watching.over()).isEmpty();

        for (Socket socket : sockets) {
            socket.close();
        }
        Awaitility.await("the doors are open again")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> status(base + "/api") == 200);
        RtpViewer another =
                keep(RtpViewer.of(ViewerOffer.PICTURE).keepsNothing().open());
        another.answer(ViewerDoors.json(base, "door", another.offer()));
        another.await("a picture", () -> another.track("video").count() > 0);
        assertThat(watching.track("video").missing()).isZero();
        assertThat(oriel.lines()).as("no flood in the log").hasSizeLessThan(200);
    }

    private static int status(String url) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        }
    }
}
