package oriel.sdp;

/**
 * One {@code a=} line.
 *
 * @param name before the colon
 * @param value after it; empty for a flag such as {@code a=recvonly}
 */
public record SdpAttribute(String name, String value) {
    public SdpAttribute {
        requireOneLine(name);
        requireOneLine(value);
    }

    public SdpAttribute(String name) {
        this(name, "");
    }

    /** Refuses what would add lines of its own to an SDP. */
    static void requireOneLine(String text) {
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("an SDP value holds a line break");
        }
    }

    @Override
    public String toString() {
        return value.isEmpty() ? "a=" + name : "a=" + name + ":" + value;
    }
}
