package oriel.peer;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.net.Datagrams;
import oriel.webrtc.ice.Candidate;
import oriel.webrtc.ice.LocalCandidates;
import oriel.webrtc.ice.Transport;

/**
 * Says where viewers can reach us: this machine's own addresses, the one the viewer's request was sent to, those the owner
 * configured, and what STUN servers see; each by UDP and by TCP, as far as they are listened to. Called on virtual threads;
 * names are resolved here, never on a loop.
 */
public final class CandidateGatherer {
    private static final Logger LOG = LoggerFactory.getLogger("webrtc");

    private final PeerHost host;
    private final NameLookup names;
    private volatile List<StaticCandidate> configured = List.of();
    private volatile List<StunServer> servers = List.of();

    /**
     * @param configured from {@code webrtc.candidates}
     * @param servers from {@code webrtc.ice_servers}
     */
    public CandidateGatherer(
            PeerHost host, NameLookup names, List<StaticCandidate> configured, List<StunServer> servers) {
        this.host = host;
        this.names = names;
        configure(configured, servers);
    }

    /** Tells the viewers that come from now on these; parameters as above. Any thread. */
    public void configure(List<StaticCandidate> nowConfigured, List<StunServer> nowServers) {
        configured = List.copyOf(nowConfigured);
        servers = List.copyOf(nowServers);
    }

    /**
     * What is known without asking anybody: UDP first, then the same over TCP.
     *
     * @param askedAt the address in the request's Host header, which surely leads here: for a container behind a bridge it
     *     is the only one that does
     */
    public List<String> known(Optional<InetAddress> askedAt) {
        Set<InetSocketAddress> addresses = new LinkedHashSet<>();
        for (InetAddress address : host.addresses().announced()) {
            addresses.add(new InetSocketAddress(address, host.port()));
        }
        askedAt.filter(address -> !address.isAnyLocalAddress() && announcesAsked(address))
                .ifPresent(address -> addresses.add(new InetSocketAddress(address, host.port())));
        for (StaticCandidate candidate : configured) {
            if (!candidate.byStun()) {
                names.configured(candidate.host())
                        .ifPresent(address -> addresses.add(new InetSocketAddress(address, candidate.port())));
            }
        }
        List<String> lines = new ArrayList<>();
        transports().forEach(transport -> add(addresses, transport, lines));
        return lines;
    }

    // Found by ourselves, in a way: the owner's choice among our addresses counts for it.
    private boolean announcesAsked(InetAddress address) {
        AddressFilter filter = host.listensTo().filter();
        return filter.announces(address)
                && filter.ips().map(all -> all.contains(address)).orElse(true);
    }

    private List<Transport> transports() {
        PeerPort port = host.listensTo();
        List<Transport> transports = new ArrayList<>();
        if (port.udp()) {
            transports.add(Transport.UDP);
        }
        if (port.tcp()) {
            transports.add(Transport.TCP);
        }
        return transports;
    }

    private void add(Set<InetSocketAddress> addresses, Transport transport, List<String> lines) {
        int[] places = new int[2];
        for (InetSocketAddress address : addresses) {
            int family = address.getAddress() instanceof Inet6Address ? 1 : 0;
            if (host.listensTo().filter().allows(transport, address.getAddress())) {
                lines.add(LocalCandidates.host(address, transport, places[family]++)
                        .toString());
            }
        }
    }

    /**
     * Whether {@link #ask} has anybody to ask.
     *
     * @param offered servers that the offer names
     */
    public boolean asksServers(OfferedServers offered) {
        boolean mapped = host.listensTo().udp() && !(servers.isEmpty() && offered.isEmpty());
        return mapped || configured.stream().anyMatch(StaticCandidate::byStun);
    }

    /**
     * Asks the STUN servers; waits for none, and for no name.
     *
     * @param offered servers that the offer names
     * @param each gets each candidate as it is found, on any thread
     * @return completes when all have answered or been given up
     */
    public CompletableFuture<Void> ask(OfferedServers offered, Consumer<String> each) {
        List<CompletableFuture<?>> questions = new ArrayList<>();
        Set<InetSocketAddress> announced = ConcurrentHashMap.newKeySet();
        Optional<Datagrams> socket = asksServers(offered) ? host.asking() : Optional.empty();
        if (socket.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        List<StunServer> own = serversToAsk();
        for (StunServer server : own) {
            questions.add(ask(server, false, questions.size(), socket.get(), announced, each));
        }
        if (host.listensTo().udp()) {
            for (StunServer server : offered.servers()) {
                if (!own.contains(server)) {
                    questions.add(ask(server, true, questions.size(), socket.get(), announced, each));
                }
            }
        }
        return CompletableFuture.allOf(questions.toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<Void> ask(
            StunServer server,
            boolean strange,
            int index,
            Datagrams socket,
            Set<InetSocketAddress> announced,
            Consumer<String> each) {
        return names.all(server.host())
                .thenCompose(found -> {
                    InetSocketAddress at = new InetSocketAddress(chosen(server, found, strange), server.port());
                    return host.reflexive()
                            .ask(at, socket)
                            .thenAccept(mapped -> announce(mapped, at, strange, index, announced, each));
                })
                .exceptionally(failure -> {
                    LOG.debug("STUN server {}: {}", server.host(), failure.getMessage());
                    return null;
                });
    }

    // IPv4 first: it is IPv4 that routers translate.
    private InetAddress chosen(StunServer server, List<InetAddress> found, boolean strange) {
        AddressFilter filter = host.listensTo().filter();
        return found.stream()
                .filter(address -> !strange || StunTargets.isPublic(address))
                .filter(address -> !host.listensTo().udp() || filter.allows(Transport.UDP, address))
                .min((one, other) -> Boolean.compare(one instanceof Inet6Address, other instanceof Inet6Address))
                .orElseThrow(() -> new IllegalStateException(
                        strange && !found.isEmpty()
                                ? "an offer names it, and it is not on the public internet; name " + server.host()
                                        + " in webrtc.ice_servers to have it asked"
                                : "no address of it can be asked"));
    }

    private List<StunServer> serversToAsk() {
        return servers.isEmpty() && configured.stream().anyMatch(StaticCandidate::byStun) ? StunServer.PUBLIC : servers;
    }

    private void announce(
            InetSocketAddress mapped,
            InetSocketAddress server,
            boolean strange,
            int index,
            Set<InetSocketAddress> announced,
            Consumer<String> each) {
        InetSocketAddress base = base(mapped);
        boolean mapping = host.listensTo().udp() && (strange || !servers.isEmpty());
        if (mapping && !mapped.equals(base) && announced.add(mapped)) {
            Candidate seen = LocalCandidates.serverReflexive(mapped, base, server, index);
            each.accept(seen.toString());
        }
        for (StaticCandidate candidate : configured) {
            InetSocketAddress forwarded = new InetSocketAddress(mapped.getAddress(), candidate.port());
            // What a stranger's server says of us is not what the owner asked for.
            if (candidate.byStun() && !strange && announced.add(forwarded)) {
                for (Transport transport : transports()) {
                    each.accept(LocalCandidates.forwarded(forwarded, transport, index)
                            .toString());
                }
            }
        }
    }

    private InetSocketAddress base(InetSocketAddress mapped) {
        boolean ipv6 = mapped.getAddress() instanceof Inet6Address;
        InetAddress own = host.addresses().announced().stream()
                .filter(address -> address instanceof Inet6Address == ipv6)
                .findFirst()
                .orElse(mapped.getAddress());
        return new InetSocketAddress(own, host.port());
    }
}
