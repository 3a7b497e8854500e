package oriel.webrtc.ice;

/** What carries the datagrams of a path. */
public enum Transport {
    UDP("udp"),
    /** A TCP connection with RFC 4571 framing around it. */
    TCP("tcp");

    private final String word;

    Transport(String word) {
        this.word = word;
    }

    /** As a candidate line says it. */
    public String word() {
        return word;
    }
}
