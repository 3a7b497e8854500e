package oriel.access;

/** What somebody may do. */
public enum Role {
    /** Everything. */
    ADMIN,
    /** Cameras: view, add, change, restart; no settings. */
    OPERATOR,
    /** View. */
    VIEWER,
    /** A program such as Home Assistant: list with exact addresses, view, add under the source policy; no settings. */
    INTEGRATION,
    /** Nothing. */
    NONE;

    /** Whether sources may be added at all. */
    public boolean mayAdd() {
        return switch (this) {
            case ADMIN, OPERATOR, INTEGRATION -> true;
            case VIEWER, NONE -> false;
        };
    }

    /** Whether addresses of cameras are shown with their passwords: those who can write them, and programs that compare. */
    public boolean seesAddresses() {
        return this == ADMIN || this == INTEGRATION;
    }
}
