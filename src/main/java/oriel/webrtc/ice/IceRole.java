package oriel.webrtc.ice;

/** Which side nominates the path (RFC 8445, 6.1.1): the one that offers, or the full one of a full and a lite agent. */
public enum IceRole {
    CONTROLLING,
    CONTROLLED;

    IceRole other() {
        return this == CONTROLLING ? CONTROLLED : CONTROLLING;
    }
}
