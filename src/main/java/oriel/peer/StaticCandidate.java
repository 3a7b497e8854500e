package oriel.peer;

/**
 * An address that the owner says viewers can reach us at.
 *
 * @param host a name, an address, or {@value #STUN}: whatever a STUN server sees
 * @param port 1 to 65535, which may differ from our own where a router forwards
 */
public record StaticCandidate(String host, int port) {
    /** In place of a host: ask a STUN server. */
    public static final String STUN = "stun";

    public StaticCandidate {
        if (port < 1 || port > 0xFFFF) {
            throw new IllegalArgumentException("port out of range: " + port);
        }
    }

    boolean byStun() {
        return host.equals(STUN);
    }
}
