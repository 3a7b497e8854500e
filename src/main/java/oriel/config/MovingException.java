package oriel.config;

/** Nobody can move in; the message says why, and what to do. */
public final class MovingException extends Exception {
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
    private final String sentence;

    MovingException(Reason reason, String sentence) {
        super(sentence);
        this.reason = reason;
        this.sentence = sentence;
    }

    public Reason reason() {
        return reason;
    }

    /** For who asked; without secrets. */
    public String sentence() {
        return sentence;
    }
}
