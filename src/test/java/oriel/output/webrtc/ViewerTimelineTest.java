package oriel.output.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import oriel.rtp.RtpPacket;

class ViewerTimelineTest {
    private static final int FRAME = 3600;
    private static final long OFFSET = 1_000_000;

    private final ViewerTimeline timeline = new ViewerTimeline(OFFSET);

    private static RtpPacket at(long pts) {
        return RtpPacket.take(new byte[12], 12, 0, pts, true, false);
    }

    private static List<RtpPacket> group(long from, int frames) {
        List<RtpPacket> group = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            group.add(at(from + (long) i * FRAME));
            group.add(at(from + (long) i * FRAME));
        }
        return group;
    }

    private List<Long> send(List<RtpPacket> packets) {
        return packets.stream().map(timeline::ticks).toList();
    }

    @Test
    void live_keepsTheCamerasDistances() {
        assertThat(send(List.of(at(0), at(FRAME), at(FRAME), at(3 * FRAME))))
                .containsExactly(OFFSET, OFFSET + FRAME, OFFSET + FRAME, OFFSET + 3 * FRAME);
    }

    @Test
    void firstGroup_isSetCloseTogetherBeforeTheLiveEdge() {
        List<RtpPacket> group = group(0, 100);
        timeline.replay(group);
        List<Long> ticks = send(group);
        assertThat(ticks).isSorted();
        assertThat(ticks.getLast()).isEqualTo(99 * FRAME + OFFSET);
        assertThat(ticks.getLast() - ticks.getFirst()).isLessThan(FRAME);
        assertThat(timeline.ticks(at(100 * FRAME))).isEqualTo(100 * FRAME + OFFSET);
    }

    @Test
    void replay_neverGoesBack_andTheLiveEdgeFitsOn() {
        List<RtpPacket> group = group(0, 50);
        timeline.replay(group);
        long sent = send(group).getLast();
        timeline.replay(group);
        List<Long> again = send(group);
        assertThat(again.getFirst()).isGreaterThan(sent);
        assertThat(again).isSorted();
        assertThat(timeline.ticks(at(50 * FRAME)))
                .isGreaterThan(again.getLast())
                .isEqualTo(50 * FRAME + OFFSET);
    }

    @Test
    void replayLongerThanTheGapToTheLiveEdge_raisesTheOffsetOnce() {
        List<RtpPacket> group = group(0, 5000);
        timeline.replay(group);
        send(group);
        timeline.replay(group);
        long last = send(group).getLast();
        long live = timeline.ticks(at(5000 * FRAME));
        assertThat(live).isEqualTo(last + 1);
        assertThat(timeline.ticks(at(5001 * FRAME))).isEqualTo(live + FRAME);
    }

    @Test
    void whateverHappens_timestampsOnlyGoUp() {
        SplittableRandom random = new SplittableRandom(11);
        long pts = 0;
        long last = Long.MIN_VALUE;
        List<RtpPacket> group = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            pts += FRAME;
            if (random.nextInt(100) == 0) {
                group.clear();
            }
            RtpPacket packet = at(pts);
            group.add(packet);
            List<RtpPacket> sent = List.of(packet);
            if (random.nextInt(50) == 0) {
                timeline.replay(group);
                sent = List.copyOf(group);
            }
            for (RtpPacket one : sent) {
                long ticks = timeline.ticks(one);
                assertThat(ticks).isGreaterThan(last);
                last = ticks;
            }
        }
    }
}
