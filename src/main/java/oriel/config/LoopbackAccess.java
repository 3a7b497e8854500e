package oriel.config;

/** What a peer on this machine may do at the API without a login. */
public enum LoopbackAccess {
    /** Everything. */
    ADMIN,
    /** What Home Assistant needs: see, add streams; never settings, logs or an end. */
    INTEGRATION,
    /** Nothing: it logs in like everybody else. */
    LOGIN
}
