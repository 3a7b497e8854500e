package oriel.worker;

/**
 * Why a job ended that should not have.
 *
 * @param kind whose fault it is
 * @param text in words, without secrets; at most {@value #MAX_CHARS} characters
 */
public record JobFailure(Kind kind, String text) {
    public static final int MAX_CHARS = 512;

    /** Whose fault it is. */
    public enum Kind {
        /** The request makes no sense, or this version does not know it. */
        REQUEST(1),
        /** A native library does not load or refused. */
        NATIVE(2),
        /** The worker itself is wrong. */
        INTERNAL(3),
        /** The worker ended or does not start. */
        GONE(4),
        /** What the job was given to work on is damaged. */
        MEDIA(5);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        /** On the worker line. */
        int code() {
            return code;
        }
    }

    public JobFailure {
        text = text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS) : text;
    }
}
