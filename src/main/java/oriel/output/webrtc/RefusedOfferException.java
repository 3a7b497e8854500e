package oriel.output.webrtc;

import oriel.base.Failure;

/** An offer that cannot be answered with media; carries why, for the person who watches. */
public final class RefusedOfferException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Failure failure;

    private final boolean busy;

    RefusedOfferException(Failure failure) {
        this(failure, false);
    }

    RefusedOfferException(Failure failure, boolean busy) {
        super(failure.sentence());
        this.failure = failure;
        this.busy = busy;
    }

    /** Whether it is us who cannot take more now, and not the camera. */
    public boolean busy() {
        return busy;
    }

    public Failure failure() {
        return failure;
    }
}
