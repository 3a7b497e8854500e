package oriel.output.webrtc;

import oriel.base.Failure;

/** An offer that cannot be answered with media; carries why, for the person who watches. */
public final class RefusedOfferException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Failure failure;

    RefusedOfferException(Failure failure) {
        super(failure.sentence());
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
