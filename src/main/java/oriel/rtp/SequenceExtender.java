package oriel.rtp;

/**
 * Makes of 16-bit sequence numbers a count that never wraps (RFC 3550, A.1): late and repeated packets keep their place,
 * a jump too large to be loss is believed when the next packet confirms it, and the count then goes on in a new cycle.
 * The low 16 bits of the count are the number on the wire. Not thread-safe.
 */
public final class SequenceExtender {
    /** What {@link #extend} answers for a packet to throw away: too old, or the first behind a jump. */
    public static final long REFUSED = Long.MIN_VALUE;

    /** A step forwards of this many packets or more is a jump, not loss. */
    static final int MAX_DROPOUT = 3000;

    /** A step backwards of more packets than this is a jump, not reordering. */
    static final int MAX_MISORDER = 100;

    private static final int MODULUS = 1 << 16;
    private static final int NONE = -1;

    private long highest;
    private int afterJump = NONE;
    private boolean started;
    private boolean restarted;

    /**
     * The full count of {@code sequence}; negative for one older than the first, or {@link #REFUSED}.
     *
     * @param sequence 0 to 65535
     */
    public long extend(int sequence) {
        restarted = false;
        if (!started) {
            started = true;
            highest = sequence;
            return highest;
        }
        int ahead = (sequence - (int) highest) & (MODULUS - 1);
        if (ahead < MAX_DROPOUT) {
            highest += ahead;
            afterJump = NONE;
            return highest;
        }
        if (ahead >= MODULUS - MAX_MISORDER) {
            return highest - (MODULUS - ahead);
        }
        if (sequence == afterJump) {
            return restart(sequence);
        }
        afterJump = (sequence + 1) & (MODULUS - 1);
        return REFUSED;
    }

    /** Takes {@code sequence} as a new beginning, unquestioned; its count is above all before. */
    public long restart(int sequence) {
        restarted = started;
        highest = started ? (highest | (MODULUS - 1)) + 1 + sequence : sequence;
        started = true;
        afterJump = NONE;
        return highest;
    }

    /** Whether the packet last taken began anew: what came before it and it are not one flow. */
    public boolean restarted() {
        return restarted;
    }

    /** The highest count so far. */
    public long highest() {
        return highest;
    }
}
