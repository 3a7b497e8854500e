package oriel.peer;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * This machine's addresses that a viewer may reach: no loopback, no link-local, and none of container bridges while there
 * are others. Reading them takes a few system calls; control threads only.
 */
public final class HostAddresses {
    /** Most addresses that are announced. */
    private static final int MAX_ADDRESSES = 16;

    private static final List<String> BRIDGES =
            List.of("docker", "br-", "veth", "hassio", "cni", "podman", "virbr", "lxc");

    private HostAddresses() {}

    /** The addresses, IPv4 first; none on a machine without a network. */
    public static List<InetAddress> reachable() {
        List<InetAddress> own = new ArrayList<>();
        List<InetAddress> bridges = new ArrayList<>();
        try {
            for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (card.isUp() && !card.isLoopback()) {
                    collect(card, isBridge(card) ? bridges : own);
                }
            }
        } catch (SocketException e) {
            // Without them viewers still find us by the address they asked for.
            return List.of();
        }
        List<InetAddress> chosen = own.isEmpty() ? bridges : own;
        return chosen.stream()
                .sorted(Comparator.comparing(address -> address instanceof Inet6Address))
                .limit(MAX_ADDRESSES)
                .toList();
    }

    private static void collect(NetworkInterface card, List<InetAddress> addresses) {
        for (InterfaceAddress at : card.getInterfaceAddresses()) {
            InetAddress address = at.getAddress();
            if (!address.isLinkLocalAddress() && !address.isMulticastAddress() && !address.isLoopbackAddress()) {
                addresses.add(address);
            }
        }
    }

    private static boolean isBridge(NetworkInterface card) {
        String name = card.getName().toLowerCase(Locale.ROOT);
        return BRIDGES.stream().anyMatch(name::startsWith);
    }
}
