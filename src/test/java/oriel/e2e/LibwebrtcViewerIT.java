package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oriel.base.JsonObject;
import oriel.testing.Proves;
import oriel.testing.TestOriel;
import oriel.testing.camera.CameraFeed;
import oriel.testing.camera.CameraFrame;
import oriel.testing.camera.CameraMedia;
import oriel.testing.camera.CameraTrack;
import oriel.testing.camera.EncodedPictures;
import oriel.testing.camera.SimulatedCamera;
import oriel.testing.viewer.LibwebrtcStats;
import oriel.testing.viewer.LibwebrtcViewer;
import oriel.testing.viewer.SignalingSocket;
import oriel.testing.viewer.ViewerDoors;

/** The engine that browsers and apps are made of decodes what we send. */
@Timeout(120)
class LibwebrtcViewerIT {
    private static final int GROUP = 250; // 10 s

    private static EncodedPictures pictures;
    private static EncodedPictures smaller;

    @TempDir
    private Path folder;

    @BeforeAll
    static void encode() throws Exception {
        pictures = EncodedPictures.encode(320, 192, GROUP);
        smaller = EncodedPictures.encode(192, 128, GROUP);
    }

    private static CameraTrack tone() {
        byte[] square = new byte[160];
        for (int i = 0; i < square.length; i++) {
            square[i] = (byte) (i / 8 % 2 == 0 ? 0x25 : 0xA5);
        }
        return CameraTrack.pcma(() -> CameraFeed.looping(List.of(CameraFrame.plain(0, square)), 160));
    }

    private TestOriel oriel(SimulatedCamera camera) throws Exception {
        return TestOriel.start(folder, Watch.stream("door", camera.url()));
    }

    private static LibwebrtcViewer watch(TestOriel oriel, boolean sound) throws Exception {
        LibwebrtcViewer viewer = LibwebrtcViewer.open(sound);
        viewer.answer(ViewerDoors.json(oriel.base(), "door", viewer.offer()));
        return viewer;
    }

    @Test
    @Proves({"S-014", "S-018", "S-131"})
    void camera_h264AndPcma_areSeenAndHeard() throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.of(pictures.track(), tone()))
                        .start();
                TestOriel oriel = oriel(camera);
                LibwebrtcViewer viewer = watch(oriel, true)) {
            viewer.awaitPictures(20);
            viewer.await("sound", () -> viewer.stats().audioEnergy() > 0);
            LibwebrtcStats stats = viewer.stats();
            assertThat(stats.packetsLost()).isZero();
            assertThat(stats.framesDropped()).isZero();
            assertThat(viewer.sizes()).containsExactly("320x192");
        }
    }

    @Test
    void join_inTheMiddleOfA10sGroup_decodesFromTheCache_andAsksTheCameraForNothing() throws Exception {
        try (SimulatedCamera camera =
                        SimulatedCamera.of(CameraMedia.of(pictures.track())).start();
                TestOriel oriel = oriel(camera);
                LibwebrtcViewer first = watch(oriel, false)) {
            first.awaitPictures(40);
            try (LibwebrtcViewer second = watch(oriel, false)) {
                second.awaitPictures(20);
                LibwebrtcStats stats = second.stats();
                assertThat(stats.keyFramesDecoded()).isOne();
                assertThat(stats.packetsLost()).isZero();
                // Long before the next key frame, which comes 250 pictures after the first.
                assertThat(first.pictures()).isLessThan(GROUP);
            }
            assertThat(camera.keyFrameRequests()).isZero();
            assertThat(camera.connections()).isOne();
        }
    }

    @Test
    void camera_cutAndBack_theViewerGoesOnWithoutAnotherOffer() throws Exception {
        try (SimulatedCamera camera =
                        SimulatedCamera.of(CameraMedia.of(pictures.track())).start();
                TestOriel oriel = oriel(camera);
                LibwebrtcViewer viewer = watch(oriel, false)) {
            viewer.awaitPictures(10);
            camera.unplug();
            oriel.awaitStream("door", stream -> Watch.state(stream).equals("retrying"));
            camera.plugIn();
            camera.await(() -> camera.playing() == 1);
            viewer.awaitPictures(viewer.pictures() + 30);
            assertThat(viewer.stats().keyFramesDecoded()).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void camera_backWithAnotherPictureSize_isDecodedOn() throws Exception {
        try (SimulatedCamera camera =
                        SimulatedCamera.of(CameraMedia.of(pictures.track())).start();
                TestOriel oriel = oriel(camera);
                LibwebrtcViewer viewer = watch(oriel, false)) {
            viewer.awaitPictures(10);
            camera.media(CameraMedia.of(smaller.track()));
            camera.reset();
            viewer.await("the smaller picture", () -> viewer.sizes().contains("192x128"));
            assertThat(viewer.sizes()).containsExactly("320x192", "192x128");
        }
    }

    @Test
    void websocket_trickledBothWays_andThePeerOutlivesTheSocket() throws Exception {
        try (SimulatedCamera camera =
                        SimulatedCamera.of(CameraMedia.of(pictures.track())).start();
                TestOriel oriel = oriel(camera);
                LibwebrtcViewer viewer = LibwebrtcViewer.open(true)) {
            try (SignalingSocket socket = SignalingSocket.open(oriel.base(), "src=door")) {
                socket.send(
                        "webrtc",
                        JsonObject.builder()
                                .put("type", "offer")
                                .put("sdp", viewer.offer())
                                .build());
                JsonObject answer = socket.await("webrtc").object("value").orElseThrow();
                viewer.answer(answer.string("sdp").orElseThrow());
                viewer.candidate(socket.awaitText("webrtc/candidate"));
                viewer.candidates().forEach(candidate -> socket.send("webrtc/candidate", candidate));
                viewer.awaitPictures(5);
            }
            viewer.awaitPictures(viewer.pictures() + 20);
        }
    }

    @Test
    void packetsLostBehindTheCamera_aKeyFrameIsAskedFor_andDecodingGoesOn() throws Exception {
        CameraTrack track = CameraTrack.h264(pictures.sps(), pictures.pps(), CameraFeed::byHand);
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.of(track)).start();
                TestOriel oriel = oriel(camera);
                LibwebrtcViewer viewer = watch(oriel, false)) {
            camera.await(() -> camera.playing() == 1);
            try (HandCranked feed = new HandCranked(camera, pictures.frames())) {
                viewer.awaitPictures(30);
                feed.losesTheNext();
                viewer.await("the key frame", () -> viewer.stats().keyFramesDecoded() >= 2);
                viewer.awaitPictures(viewer.pictures() + 20);
            }
            assertThat(camera.keyFrameRequests()).isPositive();
        }
    }

    /** Sends pictures at their pace, obeys requests, and loses some where they have numbers already. */
    private static final class HandCranked implements AutoCloseable {
        private static final long FRAME_NANOS = 40_000_000;

        private final Thread thread;
        private volatile boolean lose;

        HandCranked(SimulatedCamera camera, List<CameraFrame> frames) {
            thread = Thread.ofVirtual().start(() -> {
                int sequence = 1;
                int place = 0;
                int obeyed = 0;
                long due = System.nanoTime();
                for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
                    if (camera.keyFrameRequests() > obeyed || place == frames.size()) {
                        obeyed = camera.keyFrameRequests();
                        place = 0;
                    }
                    CameraFrame frame = frames.get(place++);
                    boolean lost = lose;
                    lose = false;
                    for (int k = 0; k < frame.payloads().size(); k++, sequence++) {
                        boolean last = k == frame.payloads().size() - 1;
                        if (!lost) {
                            camera.emitPacket(
                                    0,
                                    rtp(
                                            sequence,
                                            i * 3600L,
                                            last,
                                            frame.payloads().get(k)));
                        }
                    }
                    due += FRAME_NANOS;
                    LockSupport.parkNanos(due - System.nanoTime());
                }
            });
        }

        void losesTheNext() {
            lose = true;
        }

        private static byte[] rtp(int sequence, long timestamp, boolean marker, byte[] payload) {
            return java.nio.ByteBuffer.allocate(12 + payload.length)
                    .put((byte) 0x80)
                    .put((byte) ((marker ? 0x80 : 0) | 96))
                    .putShort((short) sequence)
                    .putInt((int) timestamp)
                    .putInt(7)
                    .put(payload)
                    .array();
        }

        @Override
        public void close() throws InterruptedException {
            thread.interrupt();
            thread.join();
        }
    }
}
