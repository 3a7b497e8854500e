package oriel.config;

/** What an owner can make of somebody; the roles of {@code oriel.access.users}. */
public enum UserRole {
    ADMIN,
    OPERATOR,
    VIEWER,
    INTEGRATION,
    NONE
}
