package oriel.worker;

/** The media worker cannot be had; the message says why, in a sentence for the owner. */
public final class WorkerException extends Exception {
    private static final long serialVersionUID = 1;

    WorkerException(String message) {
        super(message);
    }

    WorkerException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The message, which is always there. */
    public String sentence() {
        String message = getMessage();
        return message == null ? "the media worker cannot be had" : message;
    }
}
