package oriel.worker;

import oriel.base.SentenceException;

/** The media worker cannot be had; the message says why, in a sentence for the owner. */
public final class WorkerException extends SentenceException {
    private static final long serialVersionUID = 1;

    WorkerException(String message) {
        super(message);
    }

    WorkerException(String message, Throwable cause) {
        super(message, cause);
    }
}
