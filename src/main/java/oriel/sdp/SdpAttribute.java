package oriel.sdp;

/**
 * One {@code a=} line.
 *
 * @param name before the colon
 * @param value after it; empty for a flag such as {@code a=recvonly}
 */
public record SdpAttribute(String name, String value) {
    public SdpAttribute(String name) {
        this(name, "");
    }

    @Override
    public String toString() {
        return value.isEmpty() ? "a=" + name : "a=" + name + ":" + value;
    }
}
