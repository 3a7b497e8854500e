package oriel.config;

import java.util.Optional;

/**
 * An address to listen on.
 *
 * @param host an IP literal without brackets, a name, or empty for every address
 * @param port 0 to 65535; 0 takes any free one
 * @param transport what of UDP and TCP; where a listener speaks one only, it is that one
 */
public record Listen(String host, int port, Transport transport) {
    public Listen {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port out of range: " + port);
        }
    }

    /** Whether TCP is listened to. */
    public boolean tcp() {
        return transport != Transport.UDP;
    }

    /** Whether UDP is listened to. */
    public boolean udp() {
        return transport != Transport.TCP;
    }

    /** The same address with {@code bound} for its port: what any free one turned out to be. */
    public Listen boundTo(int bound) {
        return new Listen(host, bound, transport);
    }

    /** {@code :8555}, {@code 127.0.0.1:1984}, {@code [::1]:8555/tcp}; empty text is no listener at all. */
    static Optional<Listen> parse(String text) throws RuleException {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        int slash = text.indexOf('/');
        Transport transport = slash < 0 ? Transport.BOTH : transport(text.substring(slash));
        HostPort address = HostPort.parse(slash < 0 ? text : text.substring(0, slash));
        return Optional.of(new Listen(address.host(), address.port(), transport));
    }

    /** As {@link #parse}, for a listener that speaks TCP alone. */
    static Optional<Listen> parseTcp(String text) throws RuleException {
        Optional<Listen> listen = parse(text);
        if (listen.isPresent() && !listen.get().tcp()) {
            throw new RuleException("is served over TCP alone", "Leave /udp out");
        }
        return listen.map(l -> new Listen(l.host(), l.port(), Transport.TCP));
    }

    private static Transport transport(String suffix) throws RuleException {
        return switch (suffix) {
            case "/tcp" -> Transport.TCP;
            case "/udp" -> Transport.UDP;
            default -> throw new RuleException("may end in /tcp or /udp and in nothing else", "Write \":8555/tcp\"");
        };
    }

    /** As the configuration writes it: {@code :8555}, {@code :8555/tcp}. */
    public String withTransport() {
        return this
                + switch (transport) {
                    case BOTH -> "";
                    case TCP -> "/tcp";
                    case UDP -> "/udp";
                };
    }

    /** As go2rtc writes it: {@code :8555}; the transport is not told. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
