package oriel.output.webrtc;

/**
 * Says, once a second, whether the way to a viewer carries all pictures or only key frames. Loss alone is no verdict, for a
 * radio link loses a tenth and carries on; it is one when a quarter is lost for seconds, and so is a queue on the way that no
 * longer empties. Down there, each key frame is a probe: sent faster each time that goes well, until one went as fast as all
 * pictures would need; only then they come back, and after a failed return not so soon again. Pure; time is an argument.
 */
final class LinkJudge {
    /** Fraction lost that is too much. */
    static final double TOO_LOSSY = 0.25;

    /** A queue that is too long. */
    static final double TOO_LATE_MILLIS = 500;

    /** What a way may lose and delay that is worth a faster key frame. */
    static final double FAIR_LOSS = 0.15;

    static final double FAIR_MILLIS = 200;

    /** The slowest pace of key frames, bits a second. */
    static final long LEAST_PACE = 128_000;

    private static final int BAD_SECONDS = 3;
    private static final int BAD_SECONDS_AFTER_RETURN = 2;
    private static final int GOOD_SECONDS = 3;
    private static final long MIN_PACKETS = 10;
    private static final long SECOND = 1_000_000_000L;
    private static final long PROBATION_NANOS = 10 * SECOND;
    private static final long CALM_NANOS = 60 * SECOND;
    private static final long FIRST_HOLD_NANOS = 5 * SECOND;
    private static final long LONGEST_HOLD_NANOS = 60 * SECOND;
    private static final double SMOOTHING = 0.25;

    private boolean keysOnly;
    private boolean returned;
    private long since;
    private long holdNanos = FIRST_HOLD_NANOS;
    private int badSeconds;
    private int goodSeconds;
    private double needed;
    private double pace;

    /** @param nowNanos when the viewer's media began */
    LinkJudge(long nowNanos) {
        since = nowNanos;
    }

    /**
     * Takes one second's evidence.
     *
     * @param liveBits what all pictures of that second have, sent or not
     * @return whether only key frames may leave now
     */
    boolean judge(LinkEvidence evidence, long liveBits, long nowNanos) {
        needed = needed == 0 ? liveBits : needed + SMOOTHING * (liveBits - needed);
        if (keysOnly) {
            low(evidence, nowNanos);
        } else {
            high(evidence, nowNanos);
        }
        return keysOnly;
    }

    /** How fast key frames leave while only they do, bits a second. */
    long pace() {
        return (long) pace;
    }

    private void high(LinkEvidence evidence, long nowNanos) {
        if (evidence.packets() >= MIN_PACKETS) {
            badSeconds = tooMuch(evidence) ? badSeconds + 1 : 0;
        }
        boolean probation = returned && nowNanos - since < PROBATION_NANOS;
        if (badSeconds >= (probation ? BAD_SECONDS_AFTER_RETURN : BAD_SECONDS)) {
            holdNanos = probation ? Math.min(2 * holdNanos, LONGEST_HOLD_NANOS) : holdNanos;
            keysOnly = true;
            since = nowNanos;
            goodSeconds = 0;
            pace = Math.max(LEAST_PACE, needed / 2 * (1 - evidence.loss()));
        } else if (nowNanos - since >= CALM_NANOS) {
            holdNanos = FIRST_HOLD_NANOS;
        }
    }

    private void low(LinkEvidence evidence, long nowNanos) {
        if (evidence.packets() == 0) {
            return;
        }
        if (tooMuch(evidence)) {
            goodSeconds = 0;
            pace = Math.max(LEAST_PACE, pace / 2);
        } else if (evidence.loss() < FAIR_LOSS && evidence.meanMillis() < FAIR_MILLIS) {
            goodSeconds++;
            pace = Math.max(LEAST_PACE, Math.min(1.5 * pace, 1.5 * needed));
        }
        if (nowNanos - since >= holdNanos && goodSeconds >= GOOD_SECONDS && pace >= 1.25 * needed) {
            keysOnly = false;
            returned = true;
            since = nowNanos;
            badSeconds = 0;
        }
    }

    private static boolean tooMuch(LinkEvidence evidence) {
        return evidence.loss() >= TOO_LOSSY || evidence.standingMillis() >= TOO_LATE_MILLIS;
    }
}
