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
import java.util.stream.Stream;

/**
 * This machine's addresses as they are now. Reading them takes some system calls; control threads only.
 *
 * @param announced those that viewers are told of, IPv4 first: no link-local ones, loopback only if asked for, and none of
 *     container bridges while there are others
 * @param used those that viewers may come to, the announced first: all that the filter lets through
 */
public record HostAddresses(List<InetAddress> announced, List<InetAddress> used) {
    /** Most addresses that are announced. */
    private static final int MAX_ADDRESSES = 16;

    private static final List<String> BRIDGES =
            List.of("docker", "br-", "veth", "hassio", "cni", "podman", "virbr", "lxc");

    public HostAddresses {
        announced = List.copyOf(announced);
        used = List.copyOf(used);
    }

    /** Reads them; none on a machine without a network. */
    public static HostAddresses read(AddressFilter filter) {
        List<Found> all = new ArrayList<>();
        try {
            for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (card.isUp()) {
                    collect(card, filter, all);
                }
            }
        } catch (SocketException e) {
            // Without them viewers still find us by the address they asked for.
            return new HostAddresses(List.of(), List.of());
        }
        List<Found> reachable = all.stream()
                .filter(found -> !found.address.isLinkLocalAddress())
                .filter(found -> !found.address.isLoopbackAddress() || filter.loopback())
                .toList();
        // Who names a bridge means it.
        boolean bridgesToo = filter.choosesAddresses()
                || reachable.stream().allMatch(found -> found.bridge || found.address.isLoopbackAddress());
        List<InetAddress> announced = reachable.stream()
                .filter(found -> bridgesToo || !found.bridge)
                .map(Found::address)
                .filter(filter::announces)
                .sorted(Comparator.comparing((InetAddress address) -> address instanceof Inet6Address)
                        .thenComparing(InetAddress::isLoopbackAddress))
                .distinct()
                .limit(MAX_ADDRESSES)
                .toList();
        Stream<InetAddress> others = all.stream()
                .filter(found -> !(found.bridge && found.address.isLinkLocalAddress()))
                .sorted(Comparator.comparing(Found::bridge).thenComparing(found -> found.address.isLinkLocalAddress()))
                .map(Found::address);
        return new HostAddresses(
                announced, Stream.concat(announced.stream(), others).distinct().toList());
    }

    private static void collect(NetworkInterface card, AddressFilter filter, List<Found> all) {
        String name = card.getName();
        boolean bridge = BRIDGES.stream().anyMatch(name.toLowerCase(Locale.ROOT)::startsWith);
        for (InterfaceAddress at : card.getInterfaceAddresses()) {
            InetAddress address = at.getAddress();
            boolean hidden = address.isLoopbackAddress() && filter.choosesAddresses() && !filter.loopback();
            if (!address.isMulticastAddress() && !hidden && filter.uses(address, name)) {
                all.add(new Found(address, bridge));
            }
        }
    }

    private record Found(InetAddress address, boolean bridge) {}
}
