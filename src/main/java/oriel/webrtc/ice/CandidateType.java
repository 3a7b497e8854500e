package oriel.webrtc.ice;

/** How an address was learnt (RFC 8445, 5.1.1). */
public enum CandidateType {
    HOST("host", 126),
    /** Seen by a STUN server. */
    SERVER_REFLEXIVE("srflx", 100),
    /** Seen by the peer. */
    PEER_REFLEXIVE("prflx", 110),
    /** On a TURN server. */
    RELAYED("relay", 0);

    private final String word;
    private final int preference;

    CandidateType(String word, int preference) {
        this.word = word;
        this.preference = preference;
    }

    /** As a candidate line says it. */
    public String word() {
        return word;
    }

    /** The preferences that RFC 8445, 5.1.2.2 recommends, 0 to 126. */
    int preference() {
        return preference;
    }
}
