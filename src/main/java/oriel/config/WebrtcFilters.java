package oriel.config;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which of this machine's addresses, and which ways, viewers are told of and may use ({@code webrtc.filters}). An absent list
 * filters nothing; an empty one lets nothing through.
 *
 * @param candidates of the addresses found by Oriel itself, those that viewers are told
 * @param loopback whether viewers are told this machine's inner addresses; default no
 * @param interfaces names of the network cards that are used
 * @param ips addresses of this machine that are used
 * @param networks transports and families that are used
 * @param udpPorts go2rtc's range for random ports; Oriel has one port for all viewers, so it has no effect
 */
public record WebrtcFilters(
        Optional<List<InetAddress>> candidates,
        boolean loopback,
        Optional<List<String>> interfaces,
        Optional<List<InetAddress>> ips,
        Optional<Set<Network>> networks,
        Optional<PortRange> udpPorts) {
    /** Filters nothing. */
    public static final WebrtcFilters NONE = new WebrtcFilters(
            Optional.empty(), false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** A transport over one family of addresses. */
    public enum Network {
        UDP4,
        UDP6,
        TCP4,
        TCP6
    }

    /** Ports from {@code first} to {@code last}, 1 to 65535. */
    public record PortRange(int first, int last) {
        public PortRange {
            if (first < 1 || last > 65535 || first > last) {
                throw new IllegalArgumentException("no range of ports: " + first + " to " + last);
            }
        }
    }

    public WebrtcFilters {
        candidates = candidates.map(List::copyOf);
        interfaces = interfaces.map(List::copyOf);
        ips = ips.map(List::copyOf);
        networks = networks.map(Set::copyOf);
    }
}
