package oriel.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import oriel.testing.camera.SimulatedCamera;
import oriel.testing.viewer.ReceivedPacket;
import oriel.testing.viewer.RtpViewer;
import oriel.testing.viewer.ViewerDoors;
import oriel.testing.viewer.ViewerLoop;
import oriel.testing.viewer.ViewerOffer;

/** An Oriel process between simulated cameras and viewers that look at headers only, as many for each camera. */
final class OrielRig implements AutoCloseable {
    private static final long TIMESTAMPS = 1L << 32;
    private static final Pattern DROPS = Pattern.compile("\"drops\":\\{[^}]+}");

    private final Arrivals arrivals;
    private final List<SimulatedCamera> cameras = new ArrayList<>();
    private final ViewerLoop loop = ViewerLoop.start();
    private final List<RtpViewer> viewers = new ArrayList<>();
    private final OrielProcess oriel;

    OrielRig(Path folder, Crowd crowd, Arrivals arrivals) throws IOException, InterruptedException {
        this.arrivals = arrivals;
        for (int i = 0; i < crowd.cameras(); i++) {
            cameras.add(CameraBytes.camera());
        }
        this.oriel = OrielProcess.start(
                folder,
                IntStream.range(0, crowd.cameras())
                        .mapToObj(i -> "bench" + i + ": \"" + cameras.get(i).url() + "\"")
                        .collect(Collectors.joining(", ", "{streams: {", "}}")));
        for (int i = 0; i < crowd.viewers(); i++) {
            int camera = i % crowd.cameras();
            RtpViewer viewer = RtpViewer.of(ViewerOffer.CHROMIUM)
                    .on(loop)
                    .headersOnly()
                    .listener(new Watch(camera))
                    .open();
            viewers.add(viewer);
            viewer.answer(ViewerDoors.json(oriel.base(), "bench" + camera, viewer.offer()));
            viewer.awaitConnected();
        }
        for (SimulatedCamera camera : cameras) {
            camera.await(() -> camera.playing() == 1);
        }
    }

    /** Sends interleaved packets. */
    void write(int camera, byte[] bytes) {
        cameras.get(camera).emitRaw(bytes);
    }

    /** What Oriel has dropped of the streams, by reason. */
    List<String> drops() throws IOException, InterruptedException {
        return DROPS.matcher(oriel.get("/api/streams"))
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
    }

    double megabytes(String name) throws IOException {
        return oriel.megabytes(name);
    }

    @Override
    public void close() {
        viewers.forEach(RtpViewer::close);
        loop.close();
        cameras.forEach(SimulatedCamera::close);
        oriel.close();
    }

    /** One viewer: it came before the first picture, so its timestamps count from that. */
    private final class Watch implements Consumer<ReceivedPacket> {
        private final int camera;
        private boolean begun;
        private long first;

        Watch(int camera) {
            this.camera = camera;
        }

        @Override
        public void accept(ReceivedPacket packet) {
            if (!begun) {
                begun = true;
                first = packet.timestamp();
            }
            if (packet.marker()) {
                long ticks = Math.floorMod(packet.timestamp() - first, TIMESTAMPS);
                arrivals.came(camera, ticks, packet.arrivalNanos());
            }
        }
    }
}
