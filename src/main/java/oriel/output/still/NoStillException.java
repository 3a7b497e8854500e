package oriel.output.still;

import oriel.base.Failure;

/** There is no still: why, in words for the owner. */
public final class NoStillException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Failure failure;
    private final boolean busy;

    NoStillException(Failure failure, boolean busy) {
        super(failure.sentence());
        this.failure = failure;
        this.busy = busy;
    }

    NoStillException(Failure failure) {
        this(failure, false);
    }

    static NoStillException busy(String what) {
        return new NoStillException(new Failure.Server(what), true);
    }

    public Failure failure() {
        return failure;
    }

    /** Whether the same would do in a second. */
    public boolean busy() {
        return busy;
    }
}
