package oriel.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import oriel.testing.camera.CameraFeed;
import oriel.testing.camera.CameraMedia;
import oriel.testing.camera.CameraTrack;
import oriel.testing.camera.SimulatedCamera;
import oriel.testing.viewer.ReceivedPacket;
import oriel.testing.viewer.RtpViewer;
import oriel.testing.viewer.ViewerDoors;
import oriel.testing.viewer.ViewerLoop;
import oriel.testing.viewer.ViewerOffer;

/** An Oriel process between a simulated camera and viewers that look at headers only. */
final class OrielRig implements AutoCloseable {
    private static final long TIMESTAMPS = 1L << 32;

    private final Arrivals arrivals;
    private final SimulatedCamera camera = SimulatedCamera.of(
                    CameraMedia.of(CameraTrack.h264(CameraBytes.SPS, CameraBytes.PPS, CameraFeed::byHand)))
            .start();
    private final ViewerLoop loop = ViewerLoop.start();
    private final List<RtpViewer> viewers = new ArrayList<>();
    private final OrielProcess oriel;

    OrielRig(Path folder, int count, Arrivals arrivals) throws IOException, InterruptedException {
        this.arrivals = arrivals;
        this.oriel = OrielProcess.start(folder, "{streams: {bench: \"" + camera.url() + "\"}}");
        for (int i = 0; i < count; i++) {
            RtpViewer viewer = RtpViewer.of(ViewerOffer.CHROMIUM)
                    .on(loop)
                    .headersOnly()
                    .listener(new Watch())
                    .open();
            viewers.add(viewer);
            viewer.answer(ViewerDoors.json(oriel.base(), "bench", viewer.offer()));
            viewer.awaitConnected();
        }
        camera.await(() -> camera.playing() == 1);
    }

    /** Sends interleaved packets. */
    void write(byte[] bytes) {
        camera.emitRaw(bytes);
    }

    /** What Oriel says of the stream, its counters of dropped packets among it. */
    String status() throws IOException, InterruptedException {
        return oriel.get("/api/streams?src=bench");
    }

    double megabytes(String name) throws IOException {
        return oriel.megabytes(name);
    }

    @Override
    public void close() {
        viewers.forEach(RtpViewer::close);
        loop.close();
        camera.close();
        oriel.close();
    }

    /** One viewer: it came before the first picture, so its timestamps count from that. */
    private final class Watch implements java.util.function.Consumer<ReceivedPacket> {
        private boolean begun;
        private long first;

        @Override
        public void accept(ReceivedPacket packet) {
            if (!begun) {
                begun = true;
                first = packet.timestamp();
            }
            if (packet.marker()) {
                long ticks = Math.floorMod(packet.timestamp() - first, TIMESTAMPS);
                arrivals.came(ticks, packet.arrivalNanos());
            }
        }
    }
}
