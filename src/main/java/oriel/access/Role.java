package oriel.access;

import java.util.Locale;
import oriel.config.UserRole;

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

    static Role of(UserRole role) {
        return switch (role) {
            case ADMIN -> ADMIN;
            case OPERATOR -> OPERATOR;
            case VIEWER -> VIEWER;
            case INTEGRATION -> INTEGRATION;
            case NONE -> NONE;
        };
    }

    /** Whether this role has {@code right}. */
    public boolean may(Right right) {
        return switch (right) {
            case OPEN -> true;
            case KNOWN, VIEW -> this != NONE;
            case ADD -> this == ADMIN || this == OPERATOR || this == INTEGRATION;
            case OPERATE -> this == ADMIN || this == OPERATOR;
            case ADMIN -> this == ADMIN;
        };
    }

    /** Whether sources may be added at all. */
    public boolean mayAdd() {
        return may(Right.ADD);
    }

    /** Whether addresses of cameras are shown with their passwords: those who can write them, and programs that compare. */
    public boolean seesAddresses() {
        return this == ADMIN || this == INTEGRATION;
    }

    /** As the configuration writes it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
