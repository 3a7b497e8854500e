package oriel.source.rtsp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;
import oriel.net.Endpoint;

/**
 * Keeps a camera from sending us where it could not go itself: to this machine, to link-local addresses (where clouds
 * keep their secrets) and to the Supervisor's own network, unless the camera itself is there.
 *
 * @param from the address that the redirect came from
 */
record RedirectRule(InetAddress from) implements Endpoint.AddressRule {
    private static final int SUPERVISOR_NET = 172 << 24 | 30 << 16 | 32 << 8;
    private static final int SUPERVISOR_MASK = -1 << 9;

    @Override
    public Optional<String> refusal(InetAddress address) {
        boolean refused = (local(address) && !local(from))
                || (address.isLinkLocalAddress() && !from.isLinkLocalAddress())
                || (supervisors(address) && !supervisors(from))
                || address.isMulticastAddress();
        return refused
                ? Optional.of("The camera sends Oriel on to " + address.getHostAddress()
                        + ", which no camera may. Write the address of the stream itself.")
                : Optional.empty();
    }

    private static boolean local(InetAddress address) {
        return address.isLoopbackAddress() || address.isAnyLocalAddress();
    }

    private static boolean supervisors(InetAddress address) {
        if (!(address instanceof Inet4Address)) {
            return false;
        }
        byte[] b = address.getAddress();
        int bits = (b[0] & 0xFF) << 24 | (b[1] & 0xFF) << 16 | (b[2] & 0xFF) << 8 | (b[3] & 0xFF);
        return (bits & SUPERVISOR_MASK) == SUPERVISOR_NET;
    }
}
