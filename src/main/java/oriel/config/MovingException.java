package oriel.config;

import oriel.base.SentenceException;

/** Nobody can move in; the message says why, and what to do. */
public final class MovingException extends SentenceException {
    private static final long serialVersionUID = 1;

    /** Why. */
    public enum Reason {
        /** There is nothing to copy, or it cannot be read. */
        NOTHING_THERE,
        /** Our own place is taken: nothing is ever written over. */
        TAKEN,
        /** There is no place of our own. */
        NO_PLACE,
        /** What is there cannot be used. */
        MISTAKE,
        /** The disk refuses. */
        DISK
    }

    private final Reason reason;

    MovingException(Reason reason, String sentence) {
        super(sentence);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
