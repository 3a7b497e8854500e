package oriel.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TrackTimelineTest {
    private static final long FRAME_NANOS = 40_000_000L;
    private static final int FRAME_TICKS = 3600;

    private final TrackTimeline timeline = new TrackTimeline(90_000, 0);

    @Test
    void firstPacket_getsItsArrivalTime() {
        assertThat(timeline.pts(0xFFFF_FFF0L, 1_000_000_000L)).isEqualTo(90_000);
    }

    @Test
    void timestampWrap_goesOn() {
        long first = timeline.pts(0xFFFF_FFF0L, FRAME_NANOS);
        assertThat(timeline.pts(0xFFFF_FFF0L + FRAME_TICKS & 0xFFFF_FFFFL, 2 * FRAME_NANOS))
                .isEqualTo(first + FRAME_TICKS);
    }

    @Test
    void stepBackOfAFrame_isKept() {
        timeline.pts(10_000, FRAME_NANOS);
        long later = timeline.pts(10_000 + 3 * FRAME_TICKS, 2 * FRAME_NANOS);
        assertThat(timeline.pts(10_000 + FRAME_TICKS, 3 * FRAME_NANOS)).isEqualTo(later - 2 * FRAME_TICKS);
    }

    @Test
    void jumpOfAnHour_continuesFromTheWallClock() {
        long before = timeline.pts(1_000, FRAME_NANOS);
        long after = timeline.pts(1_000 + 3600L * 90_000, 2 * FRAME_NANOS);
        assertThat(after).isGreaterThan(before).isEqualTo(2 * FRAME_TICKS);
        assertThat(timeline.jumps()).isEqualTo(1);
        assertThat(timeline.pts(1_000 + 3600L * 90_000 + FRAME_TICKS, 3 * FRAME_NANOS))
                .isEqualTo(after + FRAME_TICKS);
    }

    @Test
    void jumpBackAnHour_neverGoesBack() {
        long before = timeline.pts(3600L * 90_000, FRAME_NANOS);
        assertThat(timeline.pts(5, FRAME_NANOS)).isGreaterThan(before);
    }

    @Test
    void restart_continuesAfterThePause() {
        long before = timeline.pts(77, FRAME_NANOS);
        timeline.restart();
        assertThat(timeline.pts(4_000_000_000L, 5_000_000_000L))
                .isGreaterThan(before)
                .isEqualTo(450_000);
        assertThat(timeline.jumps()).isZero();
    }

    @Test
    void twoTracks_startTogetherWhateverTheirTimestamps() {
        TrackTimeline sound = new TrackTimeline(8_000, 0);
        long picture = timeline.pts(123_456_789, 2_000_000_000L);
        assertThat(sound.pts(42, 2_000_000_000L) * 90_000 / 8_000).isEqualTo(picture);
    }

    @Test
    void anySequenceOfForwardSteps_isMonotonic() {
        SplittableRandom random = new SplittableRandom(1);
        long now = 0;
        long timestamp = random.nextLong(1L << 32);
        long last = -1;
        for (int i = 0; i < 100_000; i++) {
            now += FRAME_NANOS;
            timestamp = random.nextInt(1000) == 0 ? random.nextLong(1L << 32) : timestamp + FRAME_TICKS & 0xFFFF_FFFFL;
            long pts = timeline.pts(timestamp, now);
            if (random.nextInt(5000) == 0) {
                timeline.restart();
            }
            assertThat(pts).isGreaterThan(last);
            last = pts;
        }
    }
}
