package oriel.output.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import oriel.media.MediaKind;
import oriel.metrics.Drops;
import oriel.rtp.RtpPacket;
import oriel.stream.Burst;
import oriel.stream.RecentPackets;
import oriel.stream.TrackClocks;
import oriel.testing.ManualLoop;

class TrackSenderTest {
    private static final int FRAME = 3600;
    private static final int FIRST = 0x7FF0;

    private final ManualLoop loop = new ManualLoop();
    private final Drops drops = new Drops();
    private final Wire wire = new Wire();
    private final TrackSender sender = sender(MediaKind.VIDEO);
    private final Map<TrackSender, RecentPackets> recent = new HashMap<>();
    private long sequence;

    private TrackSender sender(MediaKind kind) {
        return sender(new TrackPlan(0, kind, 102, 77));
    }

    private TrackSender sender(TrackPlan plan) {
        return new TrackSender(wire, loop, drops, plan, FIRST, 5, 100_000_000);
    }

    /** Remembers what leaves. */
    private static final class Wire implements ViewerTransport {
        record Sent(RtpPacket packet, long index, int timestamp, boolean again) {}

        record Repeated(RtpPacket packet, long index, int timestamp, int original) {}

        final List<Sent> sent = new ArrayList<>();
        final List<Repeated> repeated = new ArrayList<>();
        boolean full;
        boolean closed;

        @Override
        public void send(TrackPlan plan, RtpPacket packet, long index, int timestamp, boolean again, long nowNanos) {
            assertThat(plan.ssrc()).isEqualTo(77);
            sent.add(new Sent(packet, index, timestamp, again));
        }

        @Override
        public void repeat(TrackPlan plan, RtpPacket packet, long index, int timestamp, int original, long nowNanos) {
            assertThat(plan.repetition()).isPresent();
            repeated.add(new Repeated(packet, index, timestamp, original));
        }

        @Override
        public boolean writable() {
            return !full && !closed;
        }

        @Override
        public boolean open() {
            return !closed;
        }

        List<RtpPacket> packets() {
            return sent.stream().map(Sent::packet).toList();
        }
    }

    private RtpPacket packet(boolean key, int bytes) {
        long number = sequence++;
        return RtpPacket.take(new byte[bytes], bytes, number, number * FRAME, true, key);
    }

    private List<RtpPacket> group(int packets, int bytes) {
        List<RtpPacket> group = new ArrayList<>();
        for (int i = 0; i < packets; i++) {
            group.add(packet(i == 0, bytes));
        }
        return group;
    }

    private void start(List<RtpPacket> group, boolean complete) {
        start(sender, 90_000, group, complete);
    }

    private RecentPackets recent(TrackSender of) {
        return recent.computeIfAbsent(of, any -> new RecentPackets());
    }

    private void start(TrackSender of, int clockRate, List<RtpPacket> group, boolean complete) {
        RecentPackets live = recent(of);
        loop.run(() -> of.start(TrackClocks.of(clockRate), live, group, complete));
    }

    private void burst(TrackSender of, RtpPacket... packets) {
        Burst burst = new Burst(0, List.of(packets));
        recent(of).add(burst);
        loop.run(() -> of.burst(burst));
    }

    private void burst(RtpPacket... packets) {
        burst(sender, packets);
    }

    @Test
    void live_leavesAtOnce_underConsecutiveIndices() {
        RtpPacket key = packet(true, 100);
        RtpPacket next = packet(false, 100);
        start(List.of(), true);
        burst(key, next);
        assertThat(wire.packets()).containsExactly(key, next);
        assertThat(wire.sent.stream().map(Wire.Sent::index)).containsExactly((long) FIRST, FIRST + 1L);
    }

    @Test
    void closedConnection_isNoFullSocket() {
        start(List.of(), true);
        burst(packet(true, 100));
        wire.closed = true;
        burst(packet(false, 100), packet(false, 100));
        assertThat(drops.snapshot()).containsExactly(Map.entry("way-closed", 1L));
        wire.closed = false;
        RtpPacket key = packet(true, 100);
        burst(packet(false, 100), key);
        assertThat(wire.packets()).endsWith(key).hasSize(2);
    }

    @Test
    void withoutAGroup_itWaitsForAKeyFrame() {
        start(List.of(), true);
        burst(packet(false, 100));
        RtpPacket key = packet(true, 100);
        burst(key);
        assertThat(wire.packets()).containsExactly(key);
    }

    @Test
    void aGroup_isPacedAtAHundredMegabits_thenFollowedLive() {
        List<RtpPacket> group = group(1000, 1200); // 1.2 MB: 96 ms at 100 Mbit/s
        start(group, true);
        int atOnce = wire.sent.size();
        assertThat(atOnce).isBetween(1, 25);
        loop.advance(Duration.ofMillis(10));
        assertThat(wire.sent.size() - atOnce).isBetween(90, 115);
        RtpPacket live = packet(false, 1200);
        burst(live);
        loop.advance(Duration.ofMillis(100));
        assertThat(wire.packets()).hasSize(1001).endsWith(live);
        assertThat(wire.packets().subList(0, 1000)).isEqualTo(group);
        RtpPacket next = packet(false, 1200);
        burst(next);
        assertThat(wire.packets()).endsWith(next);
    }

    @Test
    void incompleteGroup_isFollowedByTheNextKeyFrameOnly() {
        List<RtpPacket> group = group(3, 100);
        start(group, false);
        burst(packet(false, 100));
        assertThat(wire.packets()).isEqualTo(group);
        RtpPacket key = packet(true, 100);
        burst(key, packet(false, 100));
        assertThat(wire.packets()).hasSize(5).contains(key);
    }

    @Test
    void fullSocket_skipsToTheNextKeyFrame_countsIt_andSaysSinceWhen() {
        start(group(1, 100), true);
        wire.full = true;
        loop.advance(Duration.ofSeconds(1));
        burst(packet(false, 100));
        wire.full = false;
        burst(packet(false, 100));
        assertThat(wire.sent).hasSize(1);
        assertThat(drops.of("socket-full")).isEqualTo(1);
        assertThat(sender.skippingSince()).isEqualTo(Duration.ofSeconds(1).toNanos());
        RtpPacket key = packet(true, 100);
        burst(key);
        assertThat(wire.packets()).endsWith(key);
        assertThat(sender.skippingSince()).isNegative();
    }

    @Test
    void gapInTheCamerasSequence_isLeftInTheViewersToo() {
        start(group(1, 100), true);
        sequence += 3;
        burst(packet(false, 100));
        assertThat(wire.sent.getLast().index()).isEqualTo(FIRST + 2);
    }

    @Test
    void skippedPackets_leaveNoGap_forAKeyFrameFollows() {
        start(group(1, 100), true);
        sequence += 500;
        burst(packet(true, 100));
        assertThat(wire.sent.getLast().index()).isEqualTo(FIRST + 1);
    }

    @Test
    void nack_getsTheSamePacketUnderTheSameNumbers_evenTheNewest() {
        start(group(5, 100), true);
        Wire.Sent newest = wire.sent.getLast();
        loop.run(() -> sender.resend(List.of((int) newest.index() & 0xFFFF), 0));
        assertThat(wire.sent.getLast())
                .isEqualTo(new Wire.Sent(newest.packet(), newest.index(), newest.timestamp(), true));
        loop.run(() -> sender.resend(List.of(FIRST - 1), 0));
        assertThat(drops.of("nack-too-old")).isEqualTo(1);
    }

    @Test
    void nackOfLivePackets_getsThemAsTheyLeft_afterAReplayGapsAndSkips() {
        start(group(3, 100), true);
        burst(packet(false, 100), packet(false, 101));
        sequence += 2; // lost on the way from the camera: one number is left out
        burst(packet(false, 102));
        wire.full = true;
        burst(packet(false, 103));
        wire.full = false;
        burst(packet(false, 104), packet(true, 105), packet(false, 106));
        start(group(2, 107), true);
        burst(packet(false, 108));
        List<Wire.Sent> first = List.copyOf(wire.sent);
        assertThat(first).hasSize(3 + 2 + 1 + 2 + 2 + 1);
        for (Wire.Sent one : first) {
            loop.run(() -> sender.resend(List.of((int) one.index() & 0xFFFF), 0));
            assertThat(wire.sent.getLast()).isEqualTo(new Wire.Sent(one.packet(), one.index(), one.timestamp(), true));
        }
        assertThat(drops.of("nack-too-old")).isZero();
        loop.run(() -> sender.resend(List.of(FIRST + 5), 0)); // the number left out
        assertThat(drops.of("nack-too-old")).isEqualTo(1);
    }

    @Test
    void burstBeforeTheTrackBegins_isPassedOver() {
        Burst early = new Burst(0, List.of(packet(true, 100)));
        loop.run(() -> sender.burst(early));
        assertThat(wire.sent).isEmpty();
    }

    @Test
    void nack_whereRepetitionsHaveAStreamOfTheirOwn_isAnsweredThere_underNewNumbers() {
        TrackSender repeating =
                sender(new TrackPlan(0, MediaKind.VIDEO, 102, 77, Optional.of(new TrackPlan.Repetition(103, 78)), 3));
        start(repeating, 90_000, group(30, 100), true);
        // Over the wrap of the sequence numbers, and the same one twice.
        Wire.Sent last = wire.sent.getLast();
        assertThat(last.index()).isEqualTo(FIRST + 29L);
        for (int i = 0; i < 3; i++) {
            loop.run(() -> repeating.resend(List.of((int) last.index(), FIRST + 3), 0));
            loop.advance(Duration.ofMillis(30));
        }
        assertThat(wire.sent).hasSize(30);
        assertThat(wire.repeated.stream().map(Wire.Repeated::index))
                .containsExactly(FIRST + 0L, FIRST + 1L, FIRST + 2L, FIRST + 3L, FIRST + 4L, FIRST + 5L);
        assertThat(wire.repeated.getFirst())
                .isEqualTo(new Wire.Repeated(last.packet(), FIRST, last.timestamp(), (int) last.index()));
        assertThat(wire.repeated.get(1).original()).isEqualTo(FIRST + 3);
    }

    @Test
    void sequence_rollOver_andTimestampWrap_goOn_inTheTrackAndItsRepetitions() {
        TrackSender repeating =
                sender(new TrackPlan(0, MediaKind.VIDEO, 102, 77, Optional.of(new TrackPlan.Repetition(103, 78)), 3));
        sequence = 0xFFFF_FFFFL / FRAME - 35_000; // the 32 bits of time wrap on the way
        start(repeating, 90_000, List.of(), true);
        for (int i = 0; i < 70_000; i++) {
            RtpPacket packet = packet(i == 0, 100);
            burst(repeating, packet);
            if (i % 500 == 0) {
                wire.sent.subList(0, wire.sent.size() - 1).clear();
                loop.run(
                        () -> repeating.resend(List.of((int) wire.sent.getLast().index() & 0xFFFF), 0));
            }
        }
        long newest = FIRST + 69_999L;
        assertThat(wire.sent.getLast().index()).isEqualTo(newest).isGreaterThan(1 << 16);
        int before = wire.repeated.size();
        loop.run(() -> repeating.resend(List.of((int) newest & 0xFFFF), 0));
        assertThat(wire.repeated).hasSize(before + 1);
        assertThat(wire.repeated.getLast().original()).isEqualTo((int) newest & 0xFFFF);
        assertThat(wire.repeated.getLast().index()).isEqualTo(FIRST + before);
        assertThat(Integer.toUnsignedLong(wire.sent.getFirst().timestamp()))
                .isLessThan(Integer.toUnsignedLong(wire.sent.getLast().timestamp()));
        // Half of it lay before the wrap.
        assertThat(Integer.toUnsignedLong(wire.sent.getLast().timestamp())).isLessThan(40_000L * FRAME);
        assertThat(drops.snapshot()).isEmpty();
    }

    @Test
    void nacksWithoutEnd_getWhatWasSavedUp_andNoMore() {
        start(group(500, 1200), true);
        loop.advance(Duration.ofSeconds(1));
        long first = wire.sent.size();
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            all.add(FIRST + i);
        }
        for (int i = 0; i < 100; i++) {
            loop.run(() -> sender.resend(all, 0));
            loop.advance(Duration.ofMillis(5));
        }
        loop.advance(Duration.ofSeconds(10));
        long again = wire.sent.size() - first;
        assertThat(again * 1200).isLessThanOrEqualTo(Resends.MAX_SAVED_BYTES + 1200);
        assertThat(again).isGreaterThan(200);
        assertThat(drops.of("nack-too-many")).isPositive();
    }

    @Test
    void manyMissing_leaveAtThePace_notAtOnce() {
        start(group(200, 1200), true);
        loop.advance(Duration.ofSeconds(1));
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(FIRST + i);
        }
        loop.run(() -> sender.resend(all, 0));
        assertThat(wire.sent.size()).isBetween(201, 225);
        loop.advance(Duration.ofMillis(20));
        assertThat(wire.sent).hasSize(300);
    }

    @Test
    void keyFramesOnly_wholeOnesLeave_atTheirPace_underConsecutiveNumbers_andNothingElse() {
        start(group(1, 100), true);
        loop.run(() -> sender.keyFramesOnly(960_000)); // 120 bytes a millisecond
        burst(packet(false, 100));
        List<RtpPacket> key = keyFrame(10, 1200);
        burst(key.toArray(RtpPacket[]::new));
        burst(packet(false, 100), packet(false, 100));
        assertThat(wire.sent.size()).isBetween(2, 5);
        RtpPacket tooSoon = packet(true, 100);
        burst(tooSoon, packet(false, 100));
        loop.advance(Duration.ofMillis(50));
        assertThat(wire.sent.size()).isBetween(6, 9);
        loop.advance(Duration.ofMillis(100));
        assertThat(wire.packets().subList(1, wire.sent.size())).isEqualTo(key);
        assertThat(wire.sent.getLast().index()).isEqualTo(FIRST + 10);
        assertThat(drops.of("slow-link")).isEqualTo(5);

        RtpPacket next = packet(true, 100);
        burst(next);
        assertThat(wire.packets()).endsWith(next);
    }

    @Test
    void allFramesAgain_beginWithAKeyFrame() {
        start(group(1, 100), true);
        loop.run(() -> sender.keyFramesOnly(1_000_000));
        burst(packet(false, 100));
        loop.run(sender::allFrames);
        burst(packet(false, 100));
        assertThat(wire.sent).hasSize(1);
        RtpPacket key = packet(true, 100);
        RtpPacket next = packet(false, 100);
        burst(key, next);
        assertThat(wire.packets()).hasSize(3).endsWith(key, next);
        assertThat(wire.sent.getLast().index()).isEqualTo(FIRST + 2);
    }

    @Test
    void keyFramesOnly_aReplay_isItsKeyFrame() {
        loop.run(() -> sender.keyFramesOnly(1_000_000));
        List<RtpPacket> group = new ArrayList<>(keyFrame(3, 100));
        group.addAll(group(5, 100).subList(1, 5));
        start(group, true);
        loop.advance(Duration.ofSeconds(1));
        assertThat(wire.packets()).isEqualTo(group.subList(0, 3));
    }

    @Test
    void keyFramesOnly_soundGoesOn() {
        TrackSender sound = sender(MediaKind.AUDIO);
        start(sound, 48_000, List.of(), true);
        loop.run(() -> sound.keyFramesOnly(100));
        burst(sound, packet(true, 80));
        assertThat(wire.sent).hasSize(1);
    }

    private List<RtpPacket> keyFrame(int packets, int bytes) {
        List<RtpPacket> frame = new ArrayList<>();
        for (int i = 0; i < packets; i++) {
            frame.add(RtpPacket.take(new byte[bytes], bytes, sequence++, sequence * FRAME, i == packets - 1, i == 0));
        }
        return frame;
    }

    @Test
    void replay_goesOnInSequence_withTimestampsThatOnlyGoUp() {
        List<RtpPacket> group = group(5, 100);
        start(group, true);
        start(group, true);
        burst(packet(false, 100));
        assertThat(wire.sent).hasSize(11);
        for (int i = 1; i < wire.sent.size(); i++) {
            assertThat(wire.sent.get(i).index()).isEqualTo(wire.sent.get(i - 1).index() + 1);
            assertThat(wire.sent.get(i).timestamp())
                    .isGreaterThan(wire.sent.get(i - 1).timestamp());
        }
    }

    @Test
    void sound_neverWaits() {
        TrackSender sound = sender(MediaKind.AUDIO);
        start(sound, 48_000, List.of(), true);
        burst(sound, packet(true, 80));
        assertThat(wire.sent).hasSize(1);
    }

    @Test
    void senderReport_tellsTheTimeOfDayOfTheViewersTimestamps() {
        assertThat(sender.facts()).isEmpty();
        start(group(2, 100), true);
        loop.advance(Duration.ofMillis(100));
        Optional<TrackSender.SenderFacts> facts = sender.facts();
        assertThat(facts).isPresent();
        assertThat(facts.get().packets()).isEqualTo(2);
        assertThat(facts.get().payloadBytes()).isEqualTo(176);
        // The newest frame has time 3600; a tenth of a second later it is 3600 + 9000.
        assertThat(facts.get().wallNanos()).isEqualTo(140_000_000L);
        assertThat(facts.get().rtpTimestamp()).isEqualTo(12_600 + 5);
    }

    @Test
    void senderReports_mapPictureAndSoundToOneWallClock_afterReplayLossAndKeyFramesOnly() {
        TrackSender sound = sender(new TrackPlan(1, MediaKind.AUDIO, 0, 77));
        start(group(10, 100), true);
        start(sound, 48_000, List.of(), true);
        burst(packet(false, 100));
        assertMapped(sender, 90_000);
        loop.advance(Duration.ofMillis(137));
        sequence += 40; // lost, and the camera's time went on
        burst(packet(false, 100));
        loop.run(() -> sender.resend(List.of(FIRST + 3), 0));
        start(group(5, 100), true);
        burst(packet(false, 100));
        assertMapped(sender, 90_000);
        loop.run(() -> sender.keyFramesOnly(200_000));
        burst(keyFrame(1, 1200).toArray(RtpPacket[]::new));
        loop.advance(Duration.ofMillis(500));
        assertMapped(sender, 90_000);
        loop.run(sender::allFrames);
        burst(packet(true, 100), packet(false, 100));
        assertMapped(sender, 90_000);

        RtpPacket tone = RtpPacket.take(new byte[80], 80, 0, 960 * 50, true, true);
        burst(sound, tone);
        loop.advance(Duration.ofMillis(20));
        assertMapped(sound, 48_000);
    }

    // The newest packet's time of day, as the viewer makes it out of the report, is the one of all tracks' common
    // clock.
    private void assertMapped(TrackSender of, int clockRate) {
        Wire.Sent newest = wire.sent.getLast();
        TrackSender.SenderFacts facts = of.facts().orElseThrow();
        long ticks = newest.timestamp() - facts.rtpTimestamp();
        long wall = facts.wallNanos() + ticks * 1_000_000_000L / clockRate;
        assertThat(wall)
                .isCloseTo(
                        TrackClocks.of(clockRate).wallNanos(newest.packet().ptsTicks()),
                        org.assertj.core.data.Offset.offset(1_000_000L));
    }

    @Test
    void stopped_nothingLeavesAnyMore() {
        start(group(1000, 1200), true);
        int sent = wire.sent.size();
        loop.run(sender::stop);
        loop.advance(Duration.ofSeconds(1));
        assertThat(wire.sent).hasSize(sent);
    }
}
