package oriel.output.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import oriel.media.Codec;
import oriel.media.Direction;
import oriel.media.MediaKind;
import oriel.media.Track;
import oriel.metrics.Drops;
import oriel.rtp.RtpPacket;
import oriel.stream.Burst;
import oriel.stream.TrackClocks;
import oriel.testing.ManualLoop;

class TrackSenderTest {
    private static final Track PICTURE = new Track(0, Direction.RECVONLY, Codec.H264.unknown());
    private static final Track SOUND = new Track(0, Direction.RECVONLY, new Codec.Opus());
    private static final int FRAME = 3600;
    private static final int FIRST = 0x7FF0;

    private final ManualLoop loop = new ManualLoop();
    private final Drops drops = new Drops();
    private final Wire wire = new Wire();
    private final TrackSender sender = sender(MediaKind.VIDEO);
    private long sequence;

    private TrackSender sender(MediaKind kind) {
        return new TrackSender(wire, loop, drops, new TrackPlan(0, kind, 102, 77), FIRST, 5, 100_000_000);
    }

    /** Remembers what leaves. */
    private static final class Wire implements ViewerTransport {
        record Sent(RtpPacket packet, long index, int timestamp, boolean again) {}

        final List<Sent> sent = new ArrayList<>();
        boolean full;

        @Override
        public void send(RtpPacket packet, int payloadType, int ssrc, long index, int timestamp, boolean again) {
            assertThat(payloadType).isEqualTo(102);
            assertThat(ssrc).isEqualTo(77);
            sent.add(new Sent(packet, index, timestamp, again));
        }

        @Override
        public boolean writable() {
            return !full;
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
        loop.run(() -> sender.start(PICTURE, TrackClocks.of(90_000), group, complete));
    }

    private void burst(RtpPacket... packets) {
        loop.run(() -> sender.burst(new Burst(0, List.of(packets))));
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
        loop.run(() -> sender.resend((int) newest.index() & 0xFFFF));
        assertThat(wire.sent.getLast())
                .isEqualTo(new Wire.Sent(newest.packet(), newest.index(), newest.timestamp(), true));
        loop.run(() -> sender.resend(FIRST - 1));
        assertThat(drops.of("nack-too-old")).isEqualTo(1);
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
        loop.run(() -> sound.start(SOUND, TrackClocks.of(48_000), List.of(), true));
        loop.run(() -> sound.burst(new Burst(0, List.of(packet(true, 80)))));
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
    void stopped_nothingLeavesAnyMore() {
        start(group(1000, 1200), true);
        int sent = wire.sent.size();
        loop.run(sender::stop);
        loop.advance(Duration.ofSeconds(1));
        assertThat(wire.sent).hasSize(sent);
    }
}
