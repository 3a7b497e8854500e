package oriel.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.base.Failure;
import oriel.base.FailureException;
import oriel.base.MalformedException;
import oriel.base.Resolver;
import oriel.base.Seams;
import oriel.media.Codec;
import oriel.media.Direction;
import oriel.media.StreamDescription;
import oriel.media.Track;
import oriel.metrics.Drops;
import oriel.testing.ManualLoop;
import oriel.testing.VirtualClock;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class LiveSourceTest {
    private static final Failure AWAY = new Failure.Timeout("cam", Duration.ofSeconds(5));
    private static final Track PICTURE = new Track(0, Direction.RECVONLY, new Codec.H264(Packets.SPS, Packets.PPS));
    private static final Track SOUND = new Track(1, Direction.RECVONLY, new Codec.G711(Codec.G711.Law.A, 8000, 1));
    private static final StreamDescription BOTH = new StreamDescription(List.of(PICTURE, SOUND));

    private final VirtualClock clock = new VirtualClock();
    private final ManualLoop home = new ManualLoop(0);
    private final ManualLoop viewers = new ManualLoop(1);
    private final ExecutorService scripts = Executors.newVirtualThreadPerTaskExecutor();
    private final ScriptedSource camera = new ScriptedSource();
    private final Drops drops = new Drops();
    private final SourceSetting setting = new SourceSetting(
            new Seams(clock, new SplittableRandom(3), Resolver.system()), new GopBudget(1 << 24), drops, scripts);
    private final LiveSource source =
            new LiveSource(new SourceKey("rtsp://cam/1"), setting, camera, home, Duration.ofSeconds(10));
    private final Packets packets = new Packets();

    @AfterEach
    void end() throws InterruptedException {
        source.shut(EndReason.STOPPED);
        scripts.shutdownNow();
        assertThat(scripts.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private SourceStatus status() {
        return source.status();
    }

    private void awaitState(SourceState state) {
        while (status().state() != state) {
            home.run();
            Thread.onSpinWait();
        }
    }

    private RecordingSink join() {
        RecordingSink sink = new RecordingSink();
        source.join(new Leg(sink, Map.of(0, 0, 1, 1)), viewers);
        turn();
        return sink;
    }

    private void turn() {
        home.run();
        viewers.run();
    }

    private void picture(ScriptedSource.Try live, boolean key) throws MalformedException {
        var packet = key ? packets.key() : packets.delta();
        home.run(() -> {
            live.session.writer().packet(0, packet);
            live.session.writer().flush();
        });
        viewers.run();
    }

    @Test
    void nobodyWantsIt_itRests() {
        assertThat(status().state()).isEqualTo(SourceState.IDLE);
        assertThat(camera.count()).isZero();
    }

    @Test
    void twoHolds_oneConnection_andItLingersTenSecondsAfterTheLast() throws Exception {
        camera.thenLive(BOTH);
        Hold first = source.hold();
        Hold second = source.hold();
        ScriptedSource.Try live = camera.awaitLive();
        awaitState(SourceState.LIVE);
        assertThat(camera.count()).isEqualTo(1);
        first.close();
        first.close();
        home.advance(Duration.ofSeconds(4));
        picture(live, true);
        second.close();
        home.advance(Duration.ofMillis(4900));
        picture(live, false);
        home.advance(Duration.ofMillis(4900));
        assertThat(status().state()).isEqualTo(SourceState.LIVE);
        home.advance(Duration.ofMillis(300));
        awaitState(SourceState.IDLE);
    }

    @Test
    void restart_makesAnotherConnectionAtOnce_andWhoWatchesStays() throws Exception {
        camera.thenLive(BOTH);
        camera.thenLive(BOTH);
        Hold hold = source.hold();
        ScriptedSource.Try first = camera.awaitLive();
        awaitState(SourceState.LIVE);
        RecordingSink sink = join();
        picture(first, true);
        int before = sink.packets.size();

        source.restart();
        ScriptedSource.Try second = camera.awaitLive();
        awaitState(SourceState.LIVE);
        picture(second, true);

        assertThat(camera.count()).isEqualTo(2);
        assertThat(sink.events).noneMatch(event -> event.startsWith("end"));
        assertThat(sink.packets).hasSizeGreaterThan(before);
        hold.close();
    }

    @Test
    void picture_isOnItsWayToOtherLoopsBeforeTheHomeLoopFeedsItsOwnViewers() throws Exception {
        camera.thenLive(BOTH);
        Hold hold = source.hold();
        ScriptedSource.Try live = camera.awaitLive();
        awaitState(SourceState.LIVE);
        RecordingSink away = new RecordingSink();
        List<Integer> seenAway = new ArrayList<>();
        RecordingSink own = new RecordingSink() {
            @Override
            public void onBurst(int slot, Burst burst) {
                viewers.run();
                seenAway.add(away.packets.size());
            }
        };
        source.join(new Leg(own, Map.of(0, 0)), home);
        source.join(new Leg(away, Map.of(0, 0)), viewers);
        turn();
        picture(live, true);
        assertThat(seenAway).containsExactly(away.packets.size()).doesNotContain(0);
        hold.close();
    }

    @Test
    void restart_whileItWaits_triesAtOnce_andWhileItRests_doesNothing() throws Exception {
        source.restart();
        assertThat(camera.count()).isZero();
        camera.then(AWAY);
        camera.thenLive(BOTH);
        Hold hold = source.hold();
        awaitState(SourceState.RETRYING);
        source.restart();
        camera.awaitLive();
        hold.close();
    }

    @Test
    void aHoldWhileItLingers_keepsTheConnection() throws Exception {
        camera.thenLive(BOTH);
        Hold first = source.hold();
        ScriptedSource.Try live = camera.awaitLive();
        awaitState(SourceState.LIVE);
        first.close();
        home.advance(Duration.ofSeconds(4));
        picture(live, true);
        Hold second = source.hold();
        for (int i = 0; i < 10; i++) {
            home.advance(Duration.ofSeconds(4));
            picture(live, false);
        }
        assertThat(status().state()).isEqualTo(SourceState.LIVE);
        assertThat(camera.count()).isEqualTo(1);
        second.close();
    }

    @Test
    void failingCamera_isTriedAgainFromTheFirstFailureOn_withItsReasonShown() throws Exception {
        camera.then(AWAY);
        camera.then(AWAY);
        camera.thenLive(BOTH);
        source.hold();
        awaitState(SourceState.RETRYING);
        assertThat(status().failure()).contains(AWAY);
        Instant next = status().nextTry().orElseThrow();
        assertThat(Duration.between(clock.now(), next)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        clock.awaitWaiting(1);
        clock.advance(Duration.ofSeconds(1));
        while (camera.count() < 2 || status().state() != SourceState.RETRYING) {
            Thread.onSpinWait();
        }
        clock.awaitWaiting(1);
        clock.advance(Duration.ofSeconds(2));
        camera.awaitLive();
        awaitState(SourceState.LIVE);
        assertThat(status().failure()).isEmpty();
        assertThat(status().restarts()).isEqualTo(2);
    }

    @Test
    void aViewer_makesAWaitingSourceTryAtOnce_butNotWithinASecond() throws Exception {
        camera.then(AWAY);
        camera.then(AWAY);
        camera.then(AWAY);
        camera.then(AWAY);
        source.hold();
        for (int i = 1; i < 4; i++) { // grows the wait to 4 to 8 s
            awaitTries(i);
            awaitState(SourceState.RETRYING);
            clock.awaitWaiting(1);
            clock.advance(Duration.ofSeconds(8));
        }
        awaitTries(4);
        awaitState(SourceState.RETRYING);
        clock.awaitWaiting(1);
        assertThat(clock.waits().getLast()).isGreaterThan(Duration.ofSeconds(2));
        camera.thenLive(BOTH);
        var tracks = CompletableFuture.supplyAsync(() -> await(Duration.ofSeconds(8)), scripts);
        clock.awaitWaiting(2);
        clock.advance(Duration.ofMillis(999));
        assertThat(camera.count()).isEqualTo(4);
        clock.advance(Duration.ofMillis(1));
        camera.awaitLive();
        awaitState(SourceState.LIVE);
        assertThat(tracks.get()).hasSize(2);
    }

    @Test
    void tryThatIsOverBeforeAnybodyWaits_isTheOneThatIsToldOf() throws Exception {
        camera.then(AWAY);
        try (Hold hold = source.hold()) {
            awaitTries(1);
            awaitState(SourceState.RETRYING);
            assertThatThrownBy(() -> hold.awaitTracks(clock.nanoTime() + 1))
                    .isInstanceOfSatisfying(
                            FailureException.class, e -> assertThat(e.failure()).isEqualTo(AWAY));
        }
    }

    @Test
    void refusedLogin_isNotHurriedByViewers_butByAPerson() throws Exception {
        Failure wrong = new Failure.Unauthorized("admin");
        camera.then(wrong);
        camera.then(wrong);
        source.hold();
        awaitState(SourceState.RETRYING);
        clock.awaitWaiting(1);
        assertThat(clock.waits().getFirst()).isBetween(Duration.ofMillis(7500), Duration.ofSeconds(15));
        assertThatThrownBy(() -> source.hold().awaitTracks(clock.nanoTime() + 1))
                .isInstanceOfSatisfying(
                        FailureException.class, e -> assertThat(e.failure()).isEqualTo(wrong));
        clock.advance(Duration.ofSeconds(5));
        assertThat(camera.count()).isEqualTo(1);
        source.tryNow();
        awaitTries(2);
    }

    @Test
    void cameraThatDoesNotAnswerInTime_isATimeoutThatNamesTheHost() throws Exception {
        source.hold();
        var failed = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        source.hold()
                                .awaitTracks(
                                        clock.nanoTime() + Duration.ofSeconds(8).toNanos());
                        return "";
                    } catch (FailureException | InterruptedException e) {
                        return String.valueOf(e.getMessage());
                    }
                },
                scripts);
        clock.awaitWaiting(1);
        clock.advance(Duration.ofSeconds(8));
        assertThat(failed.get()).contains("timeout").contains("cam").contains("8 s");
    }

    @Test
    void silentCamera_isDead_afterFiveSeconds_andTriedAgain() throws Exception {
        camera.thenLive(BOTH);
        camera.thenLive(BOTH);
        source.hold();
        ScriptedSource.Try live = camera.awaitLive();
        awaitState(SourceState.LIVE);
        picture(live, true);
        home.advance(Duration.ofMillis(4900));
        assertThat(status().state()).isEqualTo(SourceState.LIVE);
        home.advance(Duration.ofMillis(600));
        awaitState(SourceState.RETRYING);
        assertThat(status().failure().orElseThrow().code()).isEqualTo("silent");
        clock.awaitWaiting(1);
        clock.advance(Duration.ofSeconds(1));
        camera.awaitLive();
        awaitState(SourceState.LIVE);
    }

    @Test
    void soundWithoutPicture_isDead() throws Exception {
        camera.thenLive(BOTH);
        source.hold();
        ScriptedSource.Try live = camera.awaitLive();
        awaitState(SourceState.LIVE);
        for (int i = 0; i < 60; i++) {
            home.advance(Duration.ofMillis(100));
            var sound = packets.sound(160);
            home.run(() -> live.session.writer().packet(1, sound));
        }
        awaitState(SourceState.RETRYING);
        assertThat(status().failure().orElseThrow().code()).isEqualTo("audio-only");
    }

    @Test
    void joiningInTheMiddle_getsTheGroupSoFar_andThenWhatFollows() throws Exception {
        camera.thenLive(BOTH);
        source.hold();
        ScriptedSource.Try live = camera.awaitLive();
        awaitState(SourceState.LIVE);
        picture(live, true);
        picture(live, false);
        picture(live, false);
        RecordingSink sink = join();
        assertThat(sink.gop.getFirst().keyStart()).isTrue();
        long before = sink.gop.getLast().sequence();
        picture(live, false);
        assertThat(sink.packets).hasSize(1);
        assertThat(sink.packets.getFirst().sequence()).isEqualTo(before + 1);
    }

    @Test
    void cameraGoneAndBack_theViewerGoesOn_withTimeGoingOn() throws Exception {
        camera.thenLive(BOTH);
        camera.thenLive(BOTH);
        source.hold();
        ScriptedSource.Try live = camera.awaitLive();
        awaitState(SourceState.LIVE);
        RecordingSink sink = join();
        picture(live, true);
        long before = sink.packets.getLast().ptsTicks();
        live.end();
        awaitState(SourceState.RETRYING);
        clock.awaitWaiting(1);
        clock.advance(Duration.ofSeconds(1));
        home.advance(Duration.ofSeconds(3));
        ScriptedSource.Try again = camera.awaitLive();
        awaitState(SourceState.LIVE);
        Packets other = new Packets();
        other.skip(40_000);
        var key = other.key();
        home.run(() -> {
            again.session.writer().packet(0, key);
            again.session.writer().flush();
        });
        viewers.run();
        assertThat(sink.events).noneMatch(event -> event.startsWith("end"));
        assertThat(sink.events).filteredOn(event -> event.startsWith("burst")).hasSize(2);
        assertThat(sink.packets.getLast().ptsTicks()).isEqualTo(before + 3 * 90_000);
    }

    @Test
    void cameraBackInTheMiddleOfAGroup_nothingComesBeforeItsKeyFrame() throws Exception {
        camera.thenLive(BOTH);
        camera.thenLive(BOTH);
        source.hold();
        ScriptedSource.Try live = camera.awaitLive();
        awaitState(SourceState.LIVE);
        RecordingSink sink = join();
        picture(live, true);
        live.end();
        awaitState(SourceState.RETRYING);
        clock.awaitWaiting(1);
        clock.advance(Duration.ofSeconds(1));
        ScriptedSource.Try again = camera.awaitLive();
        awaitState(SourceState.LIVE);
        sink.packets.clear();
        picture(again, false);
        picture(again, false);
        assertThat(sink.packets).isEmpty();
        assertThat(status().drops()).containsEntry("before-key-frame", 2L);
        picture(again, true);
        assertThat(sink.packets).isNotEmpty();
        assertThat(sink.packets.getFirst().keyStart()).isTrue();
    }

    @Test
    void bidirectionalSlices_foundBeforeAViewerJoined_areToldToHimToo() throws Exception {
        camera.thenLive(new StreamDescription(List.of(new Track(0, Direction.RECVONLY, Codec.H264.unknown()))));
        source.hold();
        ScriptedSource.Try live = camera.awaitLive();
        awaitState(SourceState.LIVE);
        picture(live, true);
        var b = packets.bidirectional();
        home.run(() -> {
            live.session.writer().packet(0, b);
            live.session.writer().flush();
        });
        RecordingSink late = join();
        assertThat(late.facts)
                .singleElement()
                .satisfies(facts -> assertThat(facts.reordersPictures()).isTrue());
    }

    @Test
    void cameraBackWithOtherTracks_endsTheViewersOfThoseTracks() throws Exception {
        camera.thenLive(BOTH);
        camera.thenLive(new StreamDescription(List.of(new Track(0, Direction.RECVONLY, Codec.H265.unknown()), SOUND)));
        source.hold();
        ScriptedSource.Try live = camera.awaitLive();
        awaitState(SourceState.LIVE);
        RecordingSink sink = join();
        live.end();
        awaitState(SourceState.RETRYING);
        clock.awaitWaiting(1);
        clock.advance(Duration.ofSeconds(1));
        camera.awaitLive();
        awaitState(SourceState.LIVE);
        turn();
        assertThat(sink.events).endsWith("end OTHER_TRACKS");
    }

    @Test
    void keyFrameRequest_asksTheCameraOnceASecond_andReplaysTheGroup() throws Exception {
        camera.thenLive(BOTH);
        source.hold();
        ScriptedSource.Try live = camera.awaitLive();
        awaitState(SourceState.LIVE);
        int[] asked = new int[1];
        live.session.onKeyFrameRequest(() -> asked[0]++);
        RecordingSink sink = new RecordingSink();
        Leg leg = new Leg(sink, Map.of(0, 0));
        source.join(leg, viewers);
        turn();
        picture(live, true);
        picture(live, false);
        sink.events.clear();
        source.requestKeyFrame(leg, viewers, 0);
        source.requestKeyFrame(leg, viewers, 0);
        turn();
        assertThat(asked[0]).isEqualTo(1);
        assertThat(sink.events).hasSize(1).first().asString().startsWith("start 0 H264");
        home.advance(Duration.ofSeconds(1));
        source.requestKeyFrame(leg, viewers, 0);
        turn();
        assertThat(asked[0]).isEqualTo(2);
        assertThat(sink.events).as("pictures of a silent camera are not live").hasSize(1);
        picture(live, false);
        sink.events.clear();
        source.requestKeyFrame(leg, viewers, 0);
        turn();
        assertThat(sink.events).first().asString().startsWith("start 0 H264");
    }

    @Test
    void keyFrameRequest_whileTheCameraIsAway_bringsNothing() throws Exception {
        camera.thenLive(BOTH);
        source.hold();
        ScriptedSource.Try live = camera.awaitLive();
        awaitState(SourceState.LIVE);
        RecordingSink sink = new RecordingSink();
        Leg leg = new Leg(sink, Map.of(0, 0));
        source.join(leg, viewers);
        turn();
        picture(live, true);
        camera.then(new Failure.Refused("camera", 554));
        live.end();
        awaitState(SourceState.RETRYING);
        sink.events.clear();

        source.requestKeyFrame(leg, viewers, 0);
        turn();

        assertThat(sink.events).isEmpty();
    }

    @Test
    void bidirectionalSlices_areToldToTheViewers() throws Exception {
        // The parameter sets of the others say that nothing is reordered, whatever the slices are.
        Track plain = new Track(0, Direction.RECVONLY, Codec.H264.unknown());
        camera.thenLive(new StreamDescription(List.of(plain)));
        source.hold();
        ScriptedSource.Try live = camera.awaitLive();
        awaitState(SourceState.LIVE);
        RecordingSink sink = join();
        picture(live, true);
        var b = packets.bidirectional();
        home.run(() -> {
            live.session.writer().packet(0, b);
            live.session.writer().flush();
        });
        viewers.run();
        assertThat(sink.facts).isNotEmpty();
        assertThat(sink.facts.getLast().reordersPictures()).isTrue();
        assertThat(source.facts().getFirst().reordersPictures()).isTrue();
    }

    @Test
    void camerasOwnClock_alignsSoundToPicture_unlessItIsAbsurd() throws Exception {
        camera.thenLive(BOTH);
        source.hold();
        ScriptedSource.Try live = camera.awaitLive();
        awaitState(SourceState.LIVE);
        picture(live, true);
        var sound = packets.sound(160);
        long soundTimestamp = sound.timestamp();
        home.run(() -> live.session.writer().packet(1, sound));
        TrackClock clockOfSound = source.trackAt(1).clock();
        long before = clockOfSound.wallNanos(0);
        Instant camera1 = Instant.parse("2026-05-05T10:00:00Z");
        home.run(() -> {
            live.session.writer().clock(0, 5000 + 3600, camera1);
            live.session.writer().clock(1, soundTimestamp, camera1.plusMillis(120));
        });
        assertThat(clockOfSound.wallNanos(0) - before).isEqualTo(120_000_000);
        home.run(() -> live.session.writer().clock(1, soundTimestamp, camera1.plusSeconds(3600)));
        assertThat(clockOfSound.wallNanos(0)).isEqualTo(before);
    }

    private List<TrackFacts> await(Duration patience) {
        try {
            return source.hold().awaitTracks(clock.nanoTime() + patience.toNanos());
        } catch (FailureException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitTries(int count) {
        while (camera.count() < count) {
            Thread.onSpinWait();
        }
    }
}
