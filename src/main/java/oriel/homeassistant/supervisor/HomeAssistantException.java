package oriel.homeassistant.supervisor;

import oriel.base.SentenceException;

/** Home Assistant did not give what it was asked for. The message is a sentence without its full stop and without secrets. */
public final class HomeAssistantException extends SentenceException {
    private static final long serialVersionUID = 1;

    /** Why not. */
    public enum Reason {
        /** Supervisor or Core is away, is starting, or is slow. */
        AWAY,
        /** We may not: a permission that the app's manifest does not ask for. */
        DENIED,
        /** There is no such thing there now, such as a broker. */
        ABSENT,
        /** The answer makes no sense, or is more than it may be. */
        BROKEN
    }

    private final Reason reason;

    HomeAssistantException(Reason reason, String sentence) {
        super(sentence);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
