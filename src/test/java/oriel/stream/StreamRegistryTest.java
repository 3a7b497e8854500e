package oriel.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.base.Failure;
import oriel.base.Resolver;
import oriel.base.Seams;
import oriel.media.Codec;
import oriel.media.Direction;
import oriel.media.MediaKind;
import oriel.media.StreamDescription;
import oriel.media.Track;
import oriel.testing.ManualLoop;
import oriel.testing.VirtualClock;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class StreamRegistryTest {
    private static final Codec H264 = new Codec.H264(Packets.SPS, Packets.PPS);
    private static final Codec AAC = new Codec.Aac(44100, 2, oriel.base.Bytes.empty());
    private static final Codec PCMU = new Codec.G711(Codec.G711.Law.MU, 8000, 1);

    private final VirtualClock clock = new VirtualClock();
    private final ManualLoop loop = new ManualLoop();
    private final ExecutorService scripts = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, ScriptedSource> cameras = new HashMap<>();
    private final StreamRegistry registry =
            new StreamRegistry(new Seams(clock, new SplittableRandom(5), Resolver.system()), () -> loop, scripts);
    private volatile boolean turning = true;
    private volatile String turned = "cam:other";
    private final Thread turner = new Thread(() -> {
        while (turning) {
            loop.run();
            Thread.onSpinWait();
        }
    });

    /** Sources {@code cam:x}; {@code see:x} points at {@code x}, {@code turn:} where {@link #turned} says; {@code only:opus} hints Opus; {@code never:} offers nothing. */
    private final class Cameras implements SourceFactory {
        @Override
        public Set<String> schemes() {
            return Set.of("cam", "see", "turn", "only", "never");
        }

        @Override
        public SourceHint hint(String source) {
            String rest = source.substring(source.indexOf(':') + 1);
            return switch (source.substring(0, source.indexOf(':'))) {
                case "see" -> new SourceHint.Follow(rest);
                case "turn" -> new SourceHint.Follow(turned);
                case "only" -> new SourceHint.Only(MediaKind.AUDIO, Set.of("OPUS"));
                case "never" -> new SourceHint.Nothing(new Failure.CodecMismatch("not now"));
                default -> new SourceHint.Dial();
            };
        }

        @Override
        public SourceKey key(String source) {
            return new SourceKey(source);
        }

        @Override
        public Source create(SourceKey key) {
            return camera(key.url());
        }
    }

    @BeforeEach
    void begin() {
        registry.register(new Cameras());
        turner.start();
    }

    @AfterEach
    void end() throws InterruptedException {
        registry.close();
        turning = false;
        turner.join();
        scripts.shutdownNow();
        assertThat(scripts.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private ScriptedSource camera(String url) {
        synchronized (cameras) {
            return cameras.computeIfAbsent(url, u -> new ScriptedSource());
        }
    }

    private static StreamDescription sends(Codec... codecs) {
        List<Track> tracks = new ArrayList<>();
        for (Codec codec : codecs) {
            tracks.add(new Track(tracks.size(), Direction.RECVONLY, codec));
        }
        return new StreamDescription(tracks);
    }

    private static List<TrackWish> browser() {
        return List.of(
                new TrackWish(MediaKind.VIDEO, f -> f.track().codec() instanceof Codec.H264, true),
                new TrackWish(
                        MediaKind.AUDIO,
                        f -> f.track().codec() instanceof Codec.G711
                                || f.track().codec() instanceof Codec.Opus,
                        true));
    }

    private Choice choose(String name) throws Exception {
        LiveStream stream = registry.find(name).orElseThrow();
        return CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return registry.choose(stream, browser(), Duration.ofSeconds(8));
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        scripts)
                .get();
    }

    private static List<String> names(Choice choice) {
        return choice.tracks().stream()
                .map(t -> t.map(f -> f.track().codec().name()).orElse("-"))
                .toList();
    }

    @Test
    void tracksAreTakenFromEachSourceInOrder() throws Exception {
        camera("cam:main").thenLive(sends(H264, AAC));
        camera("cam:sub").thenLive(sends(H264, PCMU));
        registry.put("door", List.of("cam:main", "cam:sub"));
        try (Choice choice = choose("door")) {
            assertThat(names(choice)).containsExactly("H264", "PCMU");
            assertThat(choice.slots().get(0).orElseThrow().source().key().url()).isEqualTo("cam:main");
            assertThat(choice.slots().get(1).orElseThrow().source().key().url()).isEqualTo("cam:sub");
        }
    }

    @Test
    void sourcesThatAreNotNeeded_areNotDialled() throws Exception {
        camera("cam:main").thenLive(sends(H264, PCMU));
        registry.put("door", List.of("cam:main", "cam:sub", "never:x"));
        try (Choice choice = choose("door")) {
            assertThat(names(choice)).containsExactly("H264", "PCMU");
            assertThat(camera("cam:sub").count()).isZero();
        }
    }

    @Test
    void soundHelper_isNotAskedForAPicture() throws Exception {
        camera("cam:main").thenLive(sends(PCMU));
        registry.put("door", List.of("cam:main", "only:opus"));
        try (Choice choice = choose("door")) {
            assertThat(names(choice)).containsExactly("-", "PCMU");
            assertThat(camera("only:opus").count()).isZero();
        }
    }

    @Test
    void failingSource_isSkipped_andItsReasonKept() throws Exception {
        Failure away = new Failure.Refused("cam", 554);
        camera("cam:main").then(away);
        camera("cam:sub").thenLive(sends(H264));
        registry.put("door", List.of("cam:main", "cam:sub"));
        try (Choice choice = choose("door")) {
            assertThat(names(choice)).containsExactly("H264", "-");
            assertThat(choice.failures()).containsExactly(away);
        }
    }

    @Test
    void twoNamesOfOneCamera_shareTheConnection() throws Exception {
        camera("cam:main").thenLive(sends(H264, PCMU));
        registry.put("door", List.of("cam:main"));
        registry.put("front", List.of("see:cam:main"));
        registry.put("alias", List.of("door"));
        try (Choice a = choose("door");
                Choice b = choose("front");
                Choice c = choose("alias")) {
            assertThat(names(a)).isEqualTo(names(b)).isEqualTo(names(c));
            assertThat(camera("cam:main").count()).isEqualTo(1);
            assertThat(registry.state(registry.find("alias").orElseThrow())).isEqualTo(SourceState.LIVE);
        }
    }

    @Test
    void namesThatPointInARing_endWithNothing() throws Exception {
        registry.put("a", List.of("see:b"));
        registry.put("b", List.of("see:a"));
        try (Choice choice = choose("a")) {
            assertThat(choice.isEmpty()).isTrue();
        }
    }

    @Test
    void sourcesThatPointTooFar_sayWhy() {
        registry.put("far", List.of("see:see:see:see:see:see:cam:x"));
        ProducerStatus producer = registry.find("far").orElseThrow().producers().getFirst();
        assertThat(producer.hint()).isInstanceOf(SourceHint.Nothing.class);
    }

    @Test
    void sameListAgain_changesNothingForViewers_anotherEndsThoseOfSourcesThatAreGone() throws Exception {
        camera("cam:main").thenLive(sends(H264));
        registry.put("door", List.of("cam:main"));
        LiveStream stream = registry.find("door").orElseThrow();
        RecordingSink sink = new RecordingSink();
        stream.subscribe(choose("door"), loop, sink, () -> consumer());
        registry.put("door", List.of("cam:main"));
        registry.put("door", List.of("cam:main", "never:helper"));
        assertThat(registry.find("door")).containsSame(stream);
        assertThat(stream.consumers()).hasSize(1);
        registry.put("door", List.of("cam:other"));
        while (!sink.events.contains("end CHANGED")) {
            Thread.onSpinWait();
        }
        assertThat(stream.consumers()).isEmpty();
    }

    @Test
    void whatPointsElsewhereNow_isFollowedThere_whatDoesNotNoticesNothing() throws Exception {
        registry.put("a", List.of("cam:main", "never:x"));
        registry.put("b", List.of("turn:x"));
        int a = registry.find("a").orElseThrow().revision();
        int b = registry.find("b").orElseThrow().revision();
        turned = "cam:main";
        registry.resolveAgain();
        assertThat(registry.find("a").orElseThrow().revision()).isEqualTo(a);
        assertThat(registry.find("b").orElseThrow().revision()).isNotEqualTo(b);
        camera("cam:main").thenLive(sends(H264));
        try (Choice one = choose("a");
                Choice other = choose("b")) {
            assertThat(names(one)).isEqualTo(names(other));
            assertThat(camera("cam:main").count()).isEqualTo(1);
        }
    }

    @Test
    void whatElseIsKnownOfAnAddress_goesIntoItsConnection_notIntoWhatIsShown() throws Exception {
        registry.openBy(source -> source.equals("cam:main") ? "cam:main#transport=udp" : source);
        registry.put("a", List.of("cam:main"));
        registry.put("b", List.of("see:cam:main"));
        registry.put("c", List.of("cam:main#transport=udp"));
        camera("cam:main#transport=udp").thenLive(sends(H264));
        assertThat(registry.find("a").orElseThrow().sourceTexts()).containsExactly("cam:main");
        try (Choice a = choose("a");
                Choice b = choose("b");
                Choice c = choose("c")) {
            assertThat(names(a)).isNotEmpty().isEqualTo(names(b)).isEqualTo(names(c));
            assertThat(camera("cam:main#transport=udp").count()).isEqualTo(1);
        }
    }

    @Test
    void removedStream_endsItsViewers_andLetsGoOfTheCamera() throws Exception {
        camera("cam:main").thenLive(sends(H264));
        registry.put("door", List.of("cam:main"));
        LiveStream stream = registry.find("door").orElseThrow();
        RecordingSink sink = new RecordingSink();
        stream.subscribe(choose("door"), loop, sink, () -> consumer());
        assertThat(registry.remove("door")).isTrue();
        assertThat(registry.remove("door")).isFalse();
        while (!sink.events.contains("end REMOVED")) {
            Thread.onSpinWait();
        }
        assertThat(registry.all()).isEmpty();
    }

    @Test
    void unknownScheme_isKeptAndSaysWhichAreSpoken() {
        registry.put("nest", List.of("nest:?id=1"));
        ProducerStatus producer =
                registry.find("nest").orElseThrow().producers().getFirst();
        assertThat(producer.text()).isEqualTo("nest:?id=1");
        assertThat(producer.hint())
                .isInstanceOfSatisfying(
                        SourceHint.Nothing.class,
                        nothing -> assertThat(nothing.why().sentence())
                                .contains("nest:")
                                .contains("cam"));
    }

    @Test
    void disabledStream_isOff() {
        LiveStream stream = registry.putDisabled("door");
        assertThat(registry.state(stream)).isEqualTo(SourceState.OFF);
        assertThat(registry.put("door", List.of("cam:x")).disabled()).isFalse();
    }

    @Test
    void bounds_areKept() {
        List<String> many = Collections.nCopies(StreamRegistry.MAX_SOURCES + 1, "cam:x");
        assertThatThrownBy(() -> registry.put("x", many)).hasMessageContaining("16");
        for (int i = 0; i < StreamRegistry.MAX_STREAMS; i++) {
            registry.put("s" + i, List.of());
        }
        assertThatThrownBy(() -> registry.put("one more", List.of())).hasMessageContaining("2000");
    }

    private static ConsumerStatus consumer() {
        return new ConsumerStatus(
                "1",
                "test",
                "",
                java.time.Instant.EPOCH,
                List.of(),
                0,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                0,
                false,
                Map.of(),
                "");
    }
}
