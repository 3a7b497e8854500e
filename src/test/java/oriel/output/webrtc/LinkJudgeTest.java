package oriel.output.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LinkJudgeTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long STREAM = 4_000_000;
    private static final LinkEvidence GOOD = new LinkEvidence(400, 0, 5, 20);
    private static final LinkEvidence GOOD_KEY = new LinkEvidence(40, 0, 5, 60);
    private static final LinkEvidence LOSSY = new LinkEvidence(400, 0.3, 5, 20);
    private static final LinkEvidence LATE = new LinkEvidence(400, 0, 900, 1200);

    private final LinkJudge judge = new LinkJudge(0);
    private long now;
    private boolean keysOnly;

    private void seconds(int count, LinkEvidence evidence) {
        for (int i = 0; i < count; i++) {
            now += SECOND;
            keysOnly = judge.judge(evidence, STREAM, now);
        }
    }

    /** Until it changes its mind; how many seconds that took. */
    private int secondsUntilChange(LinkEvidence evidence) {
        boolean before = keysOnly;
        int count = 0;
        while (keysOnly == before) {
            seconds(1, evidence);
            assertThat(++count).isLessThan(1000);
        }
        return count;
    }

    @Test
    void threeSecondsOfHeavyLoss_leaveKeyFrames() {
        seconds(10, GOOD);
        seconds(2, LOSSY);
        assertThat(keysOnly).isFalse();
        seconds(1, LOSSY);
        assertThat(keysOnly).isTrue();
        assertThat(judge.pace()).isBetween(STREAM / 4, STREAM / 2);
    }

    @Test
    void threeSecondsOfAStandingQueue_leaveKeyFrames() {
        seconds(10, GOOD);
        seconds(3, LATE);
        assertThat(keysOnly).isTrue();
    }

    @Test
    void aTenthLost_orABurst_orJitter_isNoReason() {
        seconds(600, new LinkEvidence(400, 0.1, 5, 20));
        assertThat(keysOnly).isFalse();
        for (int i = 0; i < 100; i++) {
            seconds(1, new LinkEvidence(400, 0.4, 5, 20));
            seconds(2, GOOD);
            seconds(2, LATE); // a key frame that took two seconds to drain
            seconds(1, GOOD);
        }
        seconds(600, new LinkEvidence(400, 0.02, 30, 450));
        assertThat(keysOnly).isFalse();
    }

    @Test
    void secondsWithoutWord_changeNothing() {
        seconds(2, LOSSY);
        seconds(100, LinkEvidence.NONE);
        assertThat(keysOnly).isFalse();
        seconds(1, LOSSY);
        assertThat(keysOnly).isTrue();
        seconds(100, LinkEvidence.NONE);
        assertThat(keysOnly).isTrue();
    }

    @Test
    void fewPackets_proveNothing() {
        seconds(100, new LinkEvidence(5, 0.6, 0, 0));
        assertThat(keysOnly).isFalse();
    }

    @Test
    void stillTooMuch_keyFramesGetSlower_downToABound() {
        seconds(3, LATE);
        long first = judge.pace();
        seconds(1, LATE);
        assertThat(judge.pace()).isEqualTo(first / 2);
        seconds(100, LATE);
        assertThat(judge.pace()).isEqualTo(LinkJudge.LEAST_PACE);
    }

    @Test
    void whenKeyFramesGoWell_theyGetFaster_andAtTheStreamsPaceAllComesBack() {
        seconds(3, LOSSY);
        seconds(10, LATE);
        int seconds = secondsUntilChange(GOOD_KEY);
        assertThat(keysOnly).isFalse();
        // From 128 kbit/s to 5 Mbit/s, half more each time.
        assertThat(seconds).isBetween(9, 12);
    }

    @Test
    void keyFramesThatWaitOnTheWay_areNoReasonToReturn() {
        seconds(3, LATE);
        seconds(1000, new LinkEvidence(40, 0, 100, 300));
        assertThat(keysOnly).isTrue();
        seconds(1000, new LinkEvidence(40, 0.2, 5, 20));
        assertThat(keysOnly).isTrue();
    }

    @Test
    void returnsThatFail_areTriedLessAndLessOften_atMostOnceAMinute() {
        seconds(10, GOOD);
        secondsUntilChange(LATE);
        int last = 0;
        int longest = 0;
        for (int i = 0; i < 8; i++) {
            int down = secondsUntilChange(GOOD_KEY);
            assertThat(down).isGreaterThanOrEqualTo(last);
            last = down;
            longest = Math.max(longest, down);
            // Found out faster than at first.
            assertThat(secondsUntilChange(LATE)).isEqualTo(2);
        }
        assertThat(longest).isEqualTo(60);
    }

    @Test
    void afterAQuietMinute_theNextFallIsAFirstOneAgain() {
        secondsUntilChange(LATE);
        int first = secondsUntilChange(GOOD_KEY);
        for (int i = 0; i < 4; i++) {
            secondsUntilChange(LATE);
            secondsUntilChange(GOOD_KEY);
        }
        seconds(70, GOOD);
        assertThat(secondsUntilChange(LATE)).isEqualTo(3);
        assertThat(secondsUntilChange(GOOD_KEY)).isLessThanOrEqualTo(first + 1);
    }
}
