package oriel.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import oriel.media.Codec;
import oriel.media.Direction;
import oriel.media.Track;
import oriel.metrics.Drops;
import oriel.rtp.RtpPacket;
import oriel.testing.ManualLoop;

class LoopFanoutTest {
    private static final Track PICTURE = new Track(0, Direction.RECVONLY, Codec.H264.unknown());

    private final ManualLoop home = new ManualLoop(0);
    private final ManualLoop viewers = new ManualLoop(1);
    private final Drops drops = new Drops();
    private final RecordingSink sink = new RecordingSink();
    private final Leg leg = new Leg(sink, Map.of(0, 0));
    private long sequence;

    private RtpPacket packet(boolean key) {
        return RtpPacket.take(new byte[20], 20, sequence++, 0, true, key);
    }

    private LoopItem.Join join() {
        return join(leg);
    }

    private static LoopItem.Join join(Leg joining) {
        return new LoopItem.Join(
                joining,
                List.of(new LoopItem.Start(
                        new TrackFacts(PICTURE, false),
                        new TrackClock(90_000, 0),
                        new GopCache.Snapshot(List.of(), true))));
    }

    @Test
    void burstsReachAnotherLoop_inOrder_byOneDrain() {
        LoopFanout fanout = new LoopFanout(home, viewers, drops);
        fanout.send(join());
        fanout.burst(new Burst(0, List.of(packet(true))));
        fanout.burst(new Burst(0, List.of(packet(false), packet(false))));
        assertThat(sink.events).isEmpty();
        viewers.run();
        assertThat(sink.events).containsExactly("start 0 H264 0", "burst 0 1", "burst 0 2");
    }

    @Test
    void atHome_deliveryIsDirect() {
        LoopFanout fanout = new LoopFanout(home, home, drops);
        fanout.send(join());
        fanout.burst(new Burst(0, List.of(packet(true))));
        assertThat(sink.events).containsExactly("start 0 H264 0", "burst 0 1");
    }

    @Test
    void fullRing_skipsToTheNextKeyFrame_andCounts() {
        LoopFanout fanout = new LoopFanout(home, viewers, drops);
        fanout.send(join());
        for (int i = 0; i < LoopFanout.RING_BURSTS - 1; i++) {
            fanout.burst(new Burst(0, List.of(packet(false))));
        }
        fanout.burst(new Burst(0, List.of(packet(false), packet(false)))); // full: these two are lost
        viewers.run();
        sink.packets.clear();
        fanout.burst(new Burst(0, List.of(packet(false)))); // room again, but no key frame
        RtpPacket key = packet(true);
        fanout.burst(new Burst(0, List.of(packet(false), key)));
        viewers.run();
        assertThat(sink.packets).containsExactly(key);
        assertThat(drops.of("loop-full")).isEqualTo(3);
    }

    @Test
    void skippingPicture_leavesSoundAlone() {
        LoopFanout fanout = new LoopFanout(home, viewers, drops);
        RecordingSink both = new RecordingSink();
        fanout.send(new LoopItem.Join(new Leg(both, Map.of(0, 0, 1, 1)), List.of()));
        for (int i = 0; i < LoopFanout.RING_BURSTS; i++) {
            fanout.burst(new Burst(0, List.of(packet(false))));
        }
        viewers.run();
        both.events.clear();
        fanout.burst(new Burst(1, List.of(packet(true))));
        fanout.burst(new Burst(0, List.of(packet(false))));
        viewers.run();
        assertThat(both.events).containsExactly("burst 1 1");
    }

    @Test
    void aSinkThatLeavesWhileItIsFed_getsNothingMore_andTheOthersGoOn() {
        LoopFanout fanout = new LoopFanout(home, viewers, drops);
        fanout.send(join());
        RecordingSink other = new RecordingSink();
        fanout.send(new LoopItem.Join(new Leg(other, Map.of(0, 0)), List.of()));
        viewers.run();
        leg.end();
        viewers.run(() -> fanout.remove(leg));
        fanout.burst(new Burst(0, List.of(packet(true))));
        viewers.run();
        assertThat(sink.packets).isEmpty();
        assertThat(other.packets).hasSize(1);
    }

    @Test
    void recentPackets_areKeptOnceForAllViewersOfTheTrack_untilTheLastLeaves() {
        LoopFanout fanout = new LoopFanout(home, viewers, drops);
        fanout.send(join(leg));
        RecordingSink other = new RecordingSink();
        Leg otherLeg = new Leg(other, Map.of(0, 0));
        fanout.send(join(otherLeg));
        RtpPacket first = packet(true);
        RtpPacket second = packet(false);
        fanout.burst(new Burst(0, List.of(first, second)));
        viewers.run();
        RecentPackets recent = sink.recent.getFirst();
        assertThat(other.recent.getFirst()).isSameAs(recent);
        assertThat(recent.end()).isEqualTo(2);
        assertThat(recent.at(1)).containsSame(second);
        viewers.run(() -> fanout.remove(leg));
        fanout.burst(new Burst(0, List.of(packet(false))));
        viewers.run();
        assertThat(recent.end()).isEqualTo(3);
        assertThat(recent.at(0)).containsSame(first);

        viewers.run(() -> fanout.remove(otherLeg));
        fanout.burst(new Burst(0, List.of(packet(false))));
        viewers.run();
        assertThat(recent.end()).isEqualTo(3);
        RecordingSink later = new RecordingSink();
        fanout.send(join(new Leg(later, Map.of(0, 0))));
        viewers.run();
        assertThat(later.recent.getFirst()).isNotSameAs(recent);
    }

    @Test
    void recentPackets_areThereBeforeTheBurstIsHandedOver() {
        LoopFanout fanout = new LoopFanout(home, home, drops);
        List<Long> ends = new ArrayList<>();
        RecordingSink looking = new RecordingSink() {
            @Override
            public void onBurst(int slot, Burst burst) {
                ends.add(recent.getFirst().end());
            }
        };
        fanout.send(join(new Leg(looking, Map.of(0, 0))));
        fanout.burst(new Burst(0, List.of(packet(true), packet(false))));
        fanout.burst(new Burst(0, List.of(packet(false))));
        assertThat(ends).containsExactly(2L, 3L);
    }

    @Test
    void end_reachesThoseWhoHaveTheTrack() {
        LoopFanout fanout = new LoopFanout(home, viewers, drops);
        fanout.send(join());
        RecordingSink sound = new RecordingSink();
        fanout.send(new LoopItem.Join(new Leg(sound, Map.of(1, 0)), List.of()));
        fanout.send(new LoopItem.End(0, EndReason.OTHER_TRACKS));
        viewers.run();
        assertThat(sink.events).endsWith("end OTHER_TRACKS");
        assertThat(sound.events).isEmpty();
    }
}
