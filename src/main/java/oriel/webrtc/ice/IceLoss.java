package oriel.webrtc.ice;

/** Why an agent gave its peer up. */
public enum IceLoss {
    /** No path worked within 30 s of the agent's start. */
    NEVER_CONNECTED,
    /** The peer has not answered on the selected path for 15 s. */
    CONSENT_EXPIRED
}
