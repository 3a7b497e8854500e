package oriel.config;

/** What a port listens to. */
public enum Transport {
    /** UDP and TCP. */
    BOTH,
    TCP,
    UDP
}
