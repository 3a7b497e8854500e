package oriel.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the JMH benchmarks, each followed by its yardstick, several times over. */
final class PacketPart implements BenchPart {
    private static final String BARE = "Bare";
    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final int WARM_UPS = 4;
    private static final int ITERATIONS = 3;

    private static final List<Measured> BENCHMARKS = List.of(
            new Measured("SrtpBench.gcm", "SRTP protect, AES-128-GCM, 1200 bytes"),
            new Measured("SrtpBench.counterMode", "SRTP protect, AES-CM with HMAC-SHA1-80, 1200 bytes"),
            new Measured("NormalizerBench.normalize", "H.264 packet of 1412 bytes made fit for viewers"),
            new Measured("FramingBench.framing", "packet found in an RTSP connection's bytes"),
            new Measured("ReplayBench.replay", "packet of a cached group replayed to a new viewer"));

    /** One benchmark and its yardstick, whose name ends in {@value #BARE}. */
    private record Measured(String name, String what) {}

    /** What came of one benchmark, a value a fork. */
    private record Forks(List<Double> nanos, List<Double> bytes) {}

    private final Map<String, Forks> forks = new HashMap<>();

    @Override
    public String id() {
        return "packets";
    }

    @Override
    public Section measure(Effort effort) throws RunnerException {
        for (int i = 0; i < effort.packetRounds(); i++) {
            for (Measured measured : BENCHMARKS) {
                run(measured.name(), effort);
                run(measured.name() + BARE, effort);
            }
        }
        List<Figure> figures = new ArrayList<>();
        for (Measured measured : BENCHMARKS) {
            Forks ours = forks(measured.name());
            Forks bare = forks(measured.name() + BARE);
            figures.add(Figure.of(measured.what(), "ns", Samples.of(ours.nanos()), Samples.of(bare.nanos())));
            figures.add(Figure.of("- allocated", "B", Samples.of(ours.bytes()), Samples.of(bare.bytes())));
        }
        return Section.of(id(), figures);
    }

    private void run(String name, Effort effort) throws RunnerException {
        TimeValue iteration = TimeValue.milliseconds(effort.iterationMillis());
        Options options = new OptionsBuilder()
                .include("\\." + name.replace(".", "\\.") + "$")
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(1)
                .warmupIterations(WARM_UPS)
                .warmupTime(iteration)
                .measurementIterations(ITERATIONS)
                .measurementTime(iteration)
                .addProfiler(GCProfiler.class)
                .jvmArgs(JavaChild.FLAGS.toArray(String[]::new))
                // JMH's own.
                .jvmArgsAppend("--sun-misc-unsafe-memory-access=allow")
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build();
        Collection<RunResult> results = new Runner(options).run();
        for (RunResult result : results) {
            forks(name).nanos().add(result.getPrimaryResult().getScore());
            result.getSecondaryResults().forEach((label, value) -> {
                if (label.equals(ALLOCATED)) {
                    forks(name).bytes().add(value.getScore());
                }
            });
        }
    }

    private Forks forks(String name) {
        return forks.computeIfAbsent(name, key -> new Forks(new ArrayList<>(), new ArrayList<>()));
    }
}
