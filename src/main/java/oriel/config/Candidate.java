package oriel.config;

/** One address that viewers are told to try, besides those that Oriel finds by itself. */
public sealed interface Candidate {
    /** The port that viewers are told, 1 to 65535. */
    int port();

    /**
     * This host: an address, or a name that is resolved for each viewer.
     *
     * @param host an IP literal without brackets, or a name
     */
    record Fixed(String host, int port) implements Candidate {}

    /** The public address as a STUN server sees it. */
    record Stun(int port) implements Candidate {}

    /**
     * {@code host:port}, {@code stun:port}, or either without its port.
     *
     * @param defaultPort the one that is listened on
     */
    static Candidate parse(String text, int defaultPort) throws RuleException {
        boolean bare = text.indexOf(':') < 0 || HostPort.isIpv6(text) || text.endsWith("]");
        String host = bare ? unbracketed(text) : HostPort.parse(text).host();
        int port = bare ? defaultPort : HostPort.parse(text).port();
        if (port == 0) {
            throw new RuleException("has port 0, which nobody can reach", "Name the port that viewers reach");
        }
        if (!HostPort.isName(host) && !HostPort.isIpv6(host)) {
            throw new RuleException("names no host: an IP address, a name, or stun", "Write \"192.168.1.2:8555\"");
        }
        return host.equals("stun") ? new Stun(port) : new Fixed(host, port);
    }

    private static String unbracketed(String text) {
        return text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    }
}
