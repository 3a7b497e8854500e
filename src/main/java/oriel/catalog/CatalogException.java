package oriel.catalog;

import oriel.base.SentenceException;

/** Something cannot be added or taken away; the message says what, by which rule, and what to do. */
public final class CatalogException extends SentenceException {
    private static final long serialVersionUID = 1;

    /** Why. */
    public enum Reason {
        /** The name or a source makes no sense. */
        INVALID,
        /** The file owns the name. */
        IN_FILE,
        /** It is a camera of Home Assistant. */
        IMPORTED,
        /** There is no room for more. */
        FULL,
        /** There is no such stream. */
        UNKNOWN
    }

    private final Reason reason;

    CatalogException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
