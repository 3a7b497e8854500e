package oriel.config;

/** What the home's network may do at the API without a login. */
public enum LanAccess {
    /** Nothing: everybody logs in. */
    LOGIN,
    /** Everything, as with go2rtc; a password of {@code api} is still asked for. */
    OPEN
}
