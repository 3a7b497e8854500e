package oriel.webrtc.ice;

/** Who opens the connection of a TCP candidate (RFC 6544, 4.5). */
public enum TcpType {
    /** This side does, so its port says nothing. */
    ACTIVE("active"),
    /** This side listens. */
    PASSIVE("passive"),
    /** Both at once. */
    SIMULTANEOUS("so");

    private final String word;

    TcpType(String word) {
        this.word = word;
    }

    /** As a candidate line says it. */
    public String word() {
        return word;
    }
}
