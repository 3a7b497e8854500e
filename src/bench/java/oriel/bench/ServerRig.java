package oriel.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import oriel.testing.camera.SimulatedCamera;
import oriel.testing.viewer.ReceivedPacket;
import oriel.testing.viewer.RtpViewer;
import oriel.testing.viewer.RtpViewerBuilder;
import oriel.testing.viewer.ViewerDoors;
import oriel.testing.viewer.ViewerLoop;
import oriel.testing.viewer.ViewerOffer;

/** A gateway's process between simulated cameras and viewers that look at headers only, as many for each camera. */
final class ServerRig implements TransitRig {
    private static final long TIMESTAMPS = 1L << 32;
    private static final Pattern DROPS = Pattern.compile("\"drops\":\\{[^}]+}");
    private static final String STREAM = "bench";

    private final Arrivals arrivals;
    private final List<SimulatedCamera> cameras;
    private final MeasuredServer server;
    private final ViewerLoop loop = ViewerLoop.start();
    private final List<RtpViewer> viewers = new ArrayList<>();

    private ServerRig(List<SimulatedCamera> cameras, MeasuredServer server, Arrivals arrivals) {
        this.cameras = cameras;
        this.server = server;
        this.arrivals = arrivals;
    }

    /** Oriel. */
    static ServerRig oriel(Path folder, Crowd crowd, Arrivals arrivals) throws IOException, InterruptedException {
        List<SimulatedCamera> cameras = cameras(crowd);
        OrielProcess oriel = OrielProcess.start(
                folder,
                IntStream.range(0, crowd.cameras())
                        .mapToObj(i -> STREAM + i + ": \"" + cameras.get(i).url() + "\"")
                        .collect(Collectors.joining(", ", "{streams: {", "}}")));
        ServerRig rig = new ServerRig(cameras, oriel, arrivals);
        rig.watch(crowd, () -> RtpViewer.of(ViewerOffer.CHROMIUM));
        return rig;
    }

    /** go2rtc, with one camera. */
    static ServerRig go2rtc(Path program, Path folder, Crowd crowd, Arrivals arrivals)
            throws IOException, InterruptedException {
        List<SimulatedCamera> cameras = cameras(crowd);
        Go2rtcProcess go2rtc = Go2rtcProcess.start(
                program, folder, STREAM + 0, cameras.getFirst().url());
        ServerRig rig = new ServerRig(cameras, go2rtc, arrivals);
        rig.watch(crowd, () -> RtpViewer.of(ViewerOffer.CHROMIUM).active().withoutGcm());
        return rig;
    }

    private static List<SimulatedCamera> cameras(Crowd crowd) {
        return IntStream.range(0, crowd.cameras())
                .mapToObj(i -> CameraBytes.camera())
                .toList();
    }

    private void watch(Crowd crowd, Supplier<RtpViewerBuilder> kind) throws IOException, InterruptedException {
        for (int i = 0; i < crowd.viewers(); i++) {
            int camera = i % crowd.cameras();
            RtpViewer viewer = kind.get()
                    .on(loop)
                    .headersOnly()
                    .listener(new Watch(camera))
                    .open();
            viewers.add(viewer);
            viewer.answer(ViewerDoors.json(server.base(), STREAM + camera, viewer.offer()));
            viewer.awaitConnected();
        }
        for (SimulatedCamera camera : cameras) {
            camera.await(() -> camera.playing() == 1);
        }
    }

    @Override
    public void write(int camera, byte[] bytes) {
        cameras.get(camera).emitRaw(bytes);
    }

    @Override
    public List<String> drops() throws IOException, InterruptedException {
        return server instanceof OrielProcess oriel
                ? DROPS.matcher(oriel.get("/api/streams"))
                        .results()
                        .map(MatchResult::group)
                        .distinct()
                        .toList()
                : List.of();
    }

    @Override
    public double megabytes(String name) throws IOException {
        return server.megabytes(name);
    }

    @Override
    public void close() {
        viewers.forEach(RtpViewer::close);
        loop.close();
        cameras.forEach(SimulatedCamera::close);
        server.close();
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
