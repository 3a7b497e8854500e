package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.testing.Proves;
import oriel.testing.TestOriel;
import oriel.testing.camera.CameraFeed;
import oriel.testing.camera.CameraFrame;
import oriel.testing.camera.CameraTrack;
import oriel.testing.camera.EncodedPictures;
import oriel.testing.camera.GstreamerRig;
import oriel.testing.camera.JavaJpeg;
import oriel.testing.camera.SimulatedCamera;
import oriel.testing.viewer.ViewerDoors;

/** Stills over HTTP, from a camera's packets through the real media worker to a JPEG that Java's decoder reads. */
@Timeout(120)
class StillsIT extends ViewerScene {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 360;

    private static CameraTrack track() throws IOException {
        return EncodedPictures.encode(WIDTH, HEIGHT, 50).track();
    }

    private static BufferedImage image(HttpResponse<byte[]> answer) throws IOException {
        assertThat(answer.statusCode())
                .as(() -> new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(answer.body().length);
        assertThat(answer.headers().firstValueAsLong("X-Frame-Age").orElseThrow())
                .isBetween(0L, 10L);
        return JavaJpeg.read(answer.body());
    }

    private static long counted(TestOriel oriel, String reason) throws Exception {
        JsonObject limits =
                (JsonObject) Json.parse(oriel.get("/api/oriel/limits").body());
        return limits.object("drops")
                .flatMap(drops -> drops.object("stills"))
                .orElseThrow()
                .integer(reason)
                .orElse(0);
    }

    @Test
    @Proves({"S-155", "S-156"})
    void idleCamera_isOpened_andItsKeyFrameIsThePicture() throws Exception {
        SimulatedCamera camera = camera(track());
        TestOriel oriel = oriel(camera.url());
        BufferedImage image = image(oriel.download("/api/frame.jpeg?src=door"));
        assertThat(image.getWidth()).isEqualTo(WIDTH);
        assertThat(image.getHeight()).isEqualTo(HEIGHT);
        assertThat(JavaJpeg.stamp(image)).isZero();
        assertThat(camera.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @Proves("S-157")
    @CsvSource({
        "width=490, 490, 276",
        "height=90, 160, 90",
        "width=320&height=320, 320, 180",
        "w=64&h=64, 64, 36",
        "width=1920, 640, 360",
        "width=&height=, 640, 360"
    })
    void size_isTheBoxThatThePictureIsFittedInto(String query, int width, int height) throws Exception {
        TestOriel oriel = oriel(camera(track()).url());
        BufferedImage image = image(oriel.download("/api/frame.jpeg?src=door&" + query));
        assertThat(image.getWidth()).isEqualTo(width);
        assertThat(image.getHeight()).isEqualTo(height);
    }

    @ParameterizedTest
    @ValueSource(strings = {"width=8193", "height=0", "width=-1", "width=a", "height=99999999999", "w=1e3"})
    void size_outOfRange_isRefused(String query) throws Exception {
        TestOriel oriel = oriel("rtsp://192.0.2.1/a");
        HttpResponse<String> answer = oriel.get("/api/frame.jpeg?src=door&" + query);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("from 1 to 8192");
    }

    @Test
    void rotation_isRefused_forAPictureTheOtherWayRoundWouldBeNoAnswer() throws Exception {
        TestOriel oriel = oriel("rtsp://192.0.2.1/a");
        assertThat(oriel.get("/api/frame.jpeg?src=door&rotate=90").statusCode()).isEqualTo(501);
    }

    @Test
    void unknownStream_is404_inGo2rtcsWords() throws Exception {
        TestOriel oriel = oriel("rtsp://192.0.2.1/a");
        for (String query : List.of("", "?src=nobody", "?width=100")) {
            HttpResponse<String> answer = oriel.get("/api/frame.jpeg" + query);
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).isEqualTo("stream not found");
        }
    }

    @Test
    void nameWithPercentSigns_isDecodedOnce() throws Exception {
        SimulatedCamera camera = camera(track());
        TestOriel oriel = oriel("rtsp://192.0.2.1/a");
        String name = "rigcam_door%201%3A%C3%BC%23x";
        String put = "/api/streams?name=" + ViewerDoors.encoded(name) + "&src=" + ViewerDoors.encoded(camera.url());
        assertThat(oriel.call("PUT", put).statusCode()).isEqualTo(200);
        image(oriel.download("/api/frame.jpeg?src=" + ViewerDoors.encoded(name) + "&width=100"));
    }

    @Test
    void address_isAStreamForTheMoment_underTheSourcePolicy() throws Exception {
        SimulatedCamera camera = camera(track());
        TestOriel oriel = oriel("rtsp://192.0.2.1/a");
        String path = "/api/frame.jpeg?src=" + ViewerDoors.encoded(camera.url());
        image(oriel.download(path));
        image(oriel.download(path));
        assertThat(camera.connections()).isEqualTo(1);
        HttpResponse<String> exec = oriel.get("/api/frame.jpeg?src=exec%3Atouch%20x");
        assertThat(exec.statusCode()).isEqualTo(400);
    }

    @Test
    void deadCamera_is503_withItsReason() throws Exception {
        SimulatedCamera camera = camera(track());
        camera.unplug();
        HttpResponse<String> answer = oriel(camera.url()).get("/api/frame.jpeg?src=door");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("refuses port " + camera.port());
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
    }

    @Test
    void cameraWithoutPicture_is503() throws Exception {
        SimulatedCamera camera = camera(CameraTrack.pcma(CameraFeed::byHand));
        HttpResponse<String> answer = oriel(camera.url()).get("/api/frame.jpeg?src=door");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("sends no picture");
    }

    @Test
    void cameraThatWasThereAMomentAgo_isShownAsItWas() throws Exception {
        SimulatedCamera camera = camera(track());
        TestOriel oriel = oriel(camera.url());
        image(oriel.download("/api/frame.jpeg?src=door"));
        camera.unplug();
        oriel.awaitStream("door", stream -> !Watch.state(stream).equals("live"));
        BufferedImage again = image(oriel.download("/api/frame.jpeg?src=door&width=100"));
        assertThat(again.getWidth()).isEqualTo(100);
    }

    @Test
    void damagedKeyFrame_is503_andTheNextGoodOneIsShown() throws Exception {
        EncodedPictures pictures = EncodedPictures.encode(WIDTH, HEIGHT, 1);
        CameraTrack byHand = CameraTrack.h264(pictures.sps(), pictures.pps(), CameraFeed::byHand);
        SimulatedCamera camera = camera(byHand);
        TestOriel oriel = oriel(camera.url());
        CameraFrame good = pictures.frames().getFirst();
        List<byte[]> payloads = new ArrayList<>(good.payloads());
        byte[] last = payloads.removeLast().clone();
        payloads.add(java.util.Arrays.copyOf(last, last.length / 4));
        CameraFrame bad = new CameraFrame(90_000, true, payloads);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<HttpResponse<byte[]>> first = threads.submit(() -> oriel.download("/api/frame.jpeg?src=door"));
            camera.await(() -> camera.playing() == 1);
            camera.emit(0, bad);
            assertThat(first.get().statusCode()).isEqualTo(503);
            assertThat(new String(first.get().body(), StandardCharsets.UTF_8)).contains("cannot be decoded");
        }
        camera.emit(0, good.at(180_000));
        oriel.awaitStream("door", stream -> true);
        HttpResponse<byte[]> next = oriel.download("/api/frame.jpeg?src=door");
        for (int i = 0; i < 50 && next.statusCode() == 503; i++) {
            next = oriel.download("/api/frame.jpeg?src=door"); // The good one is on its way.
        }
        image(next);
    }

    @Test
    void many_atOnce_haveTheSamePicture_andNobodyIsSentAway() throws Exception {
        SimulatedCamera camera = camera(track());
        TestOriel oriel = oriel(camera.url());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<HttpResponse<byte[]>>> asks = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                String size = i % 2 == 0 ? "" : "&width=100";
                asks.add(() -> oriel.download("/api/frame.jpeg?src=door" + size));
            }
            for (Future<HttpResponse<byte[]>> answer : threads.invokeAll(asks)) {
                image(answer.get());
            }
        }
        assertThat(camera.connections()).isEqualTo(1);
        assertThat(counted(oriel, "stills-full")).isZero();
    }

    @Test
    void worker_killed_isStartedAgainForTheNextPicture() throws Exception {
        SimulatedCamera camera = camera(track());
        TestOriel oriel = oriel(camera.url());
        image(oriel.download("/api/frame.jpeg?src=door"));
        List<ProcessHandle> workers = ProcessHandle.current().descendants().toList();
        assertThat(workers).hasSize(1);
        workers.forEach(ProcessHandle::destroyForcibly);
        HttpResponse<byte[]> next = oriel.download("/api/frame.jpeg?src=door&width=77");
        if (next.statusCode() == 503) { // It was asked while it died.
            next = oriel.download("/api/frame.jpeg?src=door&width=77");
        }
        assertThat(image(next).getWidth()).isEqualTo(77);
    }

    /** Motion JPEG (RFC 2435) of one colour, as Java encodes it: 4:2:0, the standard's tables at quality 75. */
    private static CameraTrack mjpeg(int width, int height, int rgb) throws IOException {
        byte[] jpeg = JavaJpeg.plain(width, height, rgb);
        int at = 2;
        while ((jpeg[at + 1] & 0xFF) != 0xDA) {
            at += 2 + ((jpeg[at + 2] & 0xFF) << 8 | (jpeg[at + 3] & 0xFF));
        }
        at += 2 + ((jpeg[at + 2] & 0xFF) << 8 | (jpeg[at + 3] & 0xFF));
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.writeBytes(new byte[] {0, 0, 0, 0, 1, 75, (byte) (width / 8), (byte) (height / 8)});
        payload.write(jpeg, at, jpeg.length - 2 - at);
        CameraFrame frame = new CameraFrame(0, true, List.of(payload.toByteArray()));
        return new CameraTrack(
                List.of("m=video 0 RTP/AVP 26"), 26, 90_000, () -> CameraFeed.looping(List.of(frame), 3600));
    }

    @ParameterizedTest
    @CsvSource({"'', 320", "&width=320, 320", "&width=100, 100"})
    void mjpegCamera_isPassedOn_orScaled(String query, int width) throws Exception {
        TestOriel oriel = oriel(camera(mjpeg(320, 240, 0x3060C0)).url());
        BufferedImage image = image(oriel.download("/api/frame.jpeg?src=door" + query));
        assertThat(image.getWidth()).isEqualTo(width);
        int rgb = image.getRGB(width / 2, 30);
        assertThat(rgb >> 16 & 0xFF).isCloseTo(0x30, within(8));
        assertThat(rgb & 0xFF).isCloseTo(0xC0, within(8));
        boolean worker = ProcessHandle.current().descendants().findAny().isPresent();
        assertThat(worker).isEqualTo(width < 320);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/h265l16", "/vp8g722", "/vp9opus"})
    void cameraOfAnotherCodec_fromTheRig_isDecoded(String mount) throws Exception {
        GstreamerRig rig = keep(GstreamerRig.orSkip());
        TestOriel oriel = oriel(rig.open(mount));
        assertThat(image(oriel.download("/api/frame.jpeg?src=door&width=320")).getWidth())
                .isEqualTo(320);
    }

    @Test
    void demo_hasItsColours() throws Exception {
        TestOriel oriel = keep(TestOriel.start(folder, "{oriel: {demo: on}}"));
        BufferedImage image = image(oriel.download("/api/frame.jpeg?src=demo&width=640"));
        assertThat(image.getHeight()).isEqualTo(360);
        // The wall beside the window, as DemoScene paints it.
        int rgb = image.getRGB(40, 100);
        assertThat(rgb >> 16 & 0xFF).isCloseTo(0x3F, within(8));
        assertThat(rgb >> 8 & 0xFF).isCloseTo(0x37, within(8));
        assertThat(rgb & 0xFF).isCloseTo(0x47, within(8));
    }
}
