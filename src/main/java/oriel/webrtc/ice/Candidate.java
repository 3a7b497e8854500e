package oriel.webrtc.ice;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import oriel.base.MalformedException;

/**
 * One address where a peer may be reached, as SDP and trickle say it (RFC 8839, 5.1):
 *
 * <pre>candidate:2878742611 1 udp 2130706431 192.0.2.7 8555 typ host generation 0 ufrag 91Tf</pre>
 *
 * @param foundation equal for candidates that fail alike
 * @param component 1 for RTP, and with rtcp-mux for everything
 * @param transport what carries it
 * @param priority 0 to 2^32 - 1, the greater the better
 * @param host an address, or a name such as {@code <uuid>.local}, which is never resolved
 * @param port 0 to 65535; 9 where the peer opens the TCP connection
 * @param type how it was learnt
 * @param tcpType who opens the connection, over TCP
 * @param related what it stands for, if told
 * @param ufrag the session it belongs to, if told
 */
public record Candidate(
        String foundation,
        int component,
        Transport transport,
        long priority,
        String host,
        int port,
        CandidateType type,
        Optional<TcpType> tcpType,
        Optional<Related> related,
        Optional<String> ufrag) {
    /** Most characters of a line. */
    public static final int MAX_CHARS = 1024;

    static final int ONLY_COMPONENT = 1;
    static final int MAX_FOUNDATION_CHARS = 64;
    static final int MAX_HOST_CHARS = 253;
    static final int MAX_COMPONENT = 256;
    static final int MAX_PORT = 65_535;
    static final long MAX_PRIORITY = 0xFFFF_FFFFL;

    public Candidate {
        if (component < 1 || component > MAX_COMPONENT) {
            throw new IllegalArgumentException("component " + component + " is not 1 to " + MAX_COMPONENT);
        }
        if (priority < 0 || priority > MAX_PRIORITY) {
            throw new IllegalArgumentException("priority " + priority + " is beyond 32 bits");
        }
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("port " + port + " is beyond 16 bits");
        }
    }

    /** The base address that a reflexive or relayed candidate stands for. */
    public record Related(String host, int port) {}

    /**
     * Reads a line, with or without {@code a=} and {@code candidate:}; unknown extensions are passed over.
     *
     * @throws MalformedException if it is not of the grammar, or of a transport we do not know
     */
    public static Candidate parse(String line) throws MalformedException {
        return CandidateLine.parse(line);
    }

    /** Where to send to; nothing if the host is a name. */
    public Optional<InetSocketAddress> address() {
        return CandidateLine.literal(host).map(address -> new InetSocketAddress(address, port));
    }

    /** Whether checks can be sent there: UDP, the one component, an address of one machine. */
    boolean isCheckable() {
        if (transport != Transport.UDP || component != ONLY_COMPONENT || port == 0) {
            return false;
        }
        Optional<InetAddress> address = CandidateLine.literal(host);
        // A link-local IPv6 address says nothing without the interface, which a candidate does not name.
        return address.isPresent()
                && !(address.get() instanceof Inet6Address six && six.isLinkLocalAddress())
                && !address.get().isAnyLocalAddress()
                && !address.get().isMulticastAddress()
                && !host.equals("255.255.255.255");
    }

    /** The line, from {@code candidate:} on. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(128).append(CandidateLine.PREFIX);
        line.append(foundation).append(' ').append(component).append(' ');
        line.append(transport.word()).append(' ').append(priority).append(' ');
        line.append(host).append(' ').append(port).append(" typ ").append(type.word());
        related.ifPresent(base ->
                line.append(" raddr ").append(base.host()).append(" rport ").append(base.port()));
        tcpType.ifPresent(direction -> line.append(" tcptype ").append(direction.word()));
        ufrag.ifPresent(fragment -> line.append(" ufrag ").append(fragment));
        return line.toString();
    }
}
