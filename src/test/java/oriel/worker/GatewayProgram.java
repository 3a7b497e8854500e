package oriel.worker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import oriel.base.Clock;
import oriel.base.Seams;
import oriel.process.Children;

/** A gateway that only keeps a worker busy, for a test that kills it. */
final class GatewayProgram {
    private GatewayProgram() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws Exception {
        Children children = new Children(Clock.system());
        WorkerSettings settings =
                new WorkerSettings(Path.of(args[0]), Path.of(args[1]), Duration.ofSeconds(60), List.of());
        MediaWorker worker = new MediaWorker(settings, children, Seams.system());
        RecordingListener listener = new RecordingListener();
        worker.open(DemoRequest.standard().sized(320, 180), listener);
        listener.units.take();
        System.err.println("worker " + children.running().iterator().next().pid());
        Thread.sleep(Long.MAX_VALUE);
    }
}
