package oriel.base;

/**
 * Somebody's bytes or text break the rules of their format. Carries the reason, in words without secrets, and no stack:
 * a parser throws it as often as an attacker likes. Caught at one place per channel, which counts it by reason.
 */
public final class MalformedException extends Exception {
    private static final long serialVersionUID = 1;

    public MalformedException(String reason) {
        super(reason, null, false, false);
    }

    /** What is wrong, such as {@code FU-A without start}; bounded and free of secrets. */
    public String reason() {
        String message = getMessage();
        return message == null ? "malformed" : message;
    }
}
