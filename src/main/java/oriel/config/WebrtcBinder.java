package oriel.config;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import oriel.base.Secret;

/** Gives the section {@code webrtc} its meaning. For one configuration and one thread. */
final class WebrtcBinder {
    private static final int MAX_INTERFACE_CHARS = 64;

    private final Section webrtc;

    WebrtcBinder(Section webrtc) {
        this.webrtc = webrtc;
    }

    WebrtcConfig bind() {
        Listen standard = new Listen("", WebrtcConfig.DEFAULT_PORT, Transport.BOTH);
        Optional<Listen> listen = webrtc.value("listen", Optional.of(standard), Listen::parse);
        int port = listen.map(Listen::port).filter(p -> p > 0).orElse(WebrtcConfig.DEFAULT_PORT);
        List<Candidate> candidates = webrtc.values("candidates", text -> Candidate.parse(text, port));
        List<IceServer> servers = new ArrayList<>();
        for (Section server : webrtc.sections("ice_servers")) {
            List<String> urls = server.values("urls", WebrtcBinder::iceUrl);
            String username = server.value("username", "", text -> text);
            Optional<Secret> credential =
                    server.value("credential", Optional.empty(), text -> Optional.of(Secret.of(text)));
            server.finish();
            if (!urls.isEmpty()) {
                servers.add(new IceServer(urls, username, credential));
            }
        }
        WebrtcFilters filters = filters(webrtc.section("filters"));
        webrtc.finish();
        return new WebrtcConfig(listen, candidates, servers, filters);
    }

    private static String iceUrl(String text) throws RuleException {
        if (!text.matches("(stun|stuns|turn|turns):[^\\s@/]{1,300}")) {
            throw new RuleException("is no address of a STUN or TURN server", "Write \"stun:stun.example.org:3478\"");
        }
        return text;
    }

    private static WebrtcFilters filters(Section filters) {
        WebrtcFilters read = new WebrtcFilters(
                list(filters, "candidates", WebrtcBinder::address),
                filters.value("loopback", false, WebrtcBinder::truth),
                list(filters, "interfaces", WebrtcBinder::card),
                list(filters, "ips", WebrtcBinder::address),
                list(filters, "networks", WebrtcBinder::network).map(HashSet::new),
                ports(filters));
        filters.finish();
        return read;
    }

    private static <T> Optional<List<T>> list(Section filters, String key, Section.Reading<T> reading) {
        List<T> values = filters.values(key, reading);
        return filters.has(key) ? Optional.of(values) : Optional.empty();
    }

    private static InetAddress address(String text) throws RuleException {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw new RuleException("is no IP address", "Write \"192.168.1.2\"");
        }
    }

    private static boolean truth(String text) throws RuleException {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> throw new RuleException("is neither true nor false", "");
        };
    }

    private static String card(String text) throws RuleException {
        if (text.isBlank() || text.length() > MAX_INTERFACE_CHARS) {
            throw new RuleException("is no name of a network interface", "Write \"eth0\"");
        }
        return text;
    }

    private static WebrtcFilters.Network network(String text) throws RuleException {
        return switch (text) {
            case "udp4" -> WebrtcFilters.Network.UDP4;
            case "udp6" -> WebrtcFilters.Network.UDP6;
            case "tcp4" -> WebrtcFilters.Network.TCP4;
            case "tcp6" -> WebrtcFilters.Network.TCP6;
            default -> throw new RuleException("is none of udp4, udp6, tcp4 and tcp6", "");
        };
    }

    private static Optional<WebrtcFilters.PortRange> ports(Section filters) {
        List<Integer> ports = filters.values("udp_ports", text -> {
            int port = HostPort.port(text);
            if (port == 0) {
                throw new RuleException("is no port: a number from 1 to 65535", "");
            }
            return port;
        });
        if (!filters.has("udp_ports")) {
            return Optional.empty();
        }
        if (ports.size() != 2 || ports.get(0) > ports.get(1)) {
            filters.refuse(
                    "udp_ports",
                    new RuleException("must be the first and the last port of a range", "Write [50000, 50100]"));
            return Optional.empty();
        }
        return Optional.of(new WebrtcFilters.PortRange(ports.get(0), ports.get(1)));
    }
}
