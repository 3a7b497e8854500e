package oriel.peer;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.base.Resolver;
import oriel.net.Datagrams;
import oriel.webrtc.ice.Candidate;
import oriel.webrtc.ice.LocalCandidates;
import oriel.webrtc.ice.Transport;

/**
 * Says where viewers can reach us: this machine's own addresses, the one the viewer's request was sent to, those the owner
 * configured, and what STUN servers see. Called on virtual threads; names are resolved here, never on a loop.
 */
public final class CandidateGatherer {
    private static final Logger LOG = LoggerFactory.getLogger("webrtc");

    private final PeerHost host;
    private final Resolver resolver;
    private final List<StaticCandidate> configured;
    private final List<StunServer> servers;

    /**
     * @param configured from {@code webrtc.candidates}
     * @param servers from {@code webrtc.ice_servers}
     */
    public CandidateGatherer(
            PeerHost host, Resolver resolver, List<StaticCandidate> configured, List<StunServer> servers) {
        this.host = host;
        this.resolver = resolver;
        this.configured = List.copyOf(configured);
        this.servers = List.copyOf(servers);
    }

    /**
     * What is known without asking anybody.
     *
     * @param askedAt the address in the request's Host header, which surely leads here: for a container behind a bridge it
     *     is the only one that does
     */
    public List<String> known(Optional<InetAddress> askedAt) {
        Set<InetSocketAddress> addresses = new LinkedHashSet<>();
        for (InetAddress address : own()) {
            addresses.add(new InetSocketAddress(address, host.port()));
        }
        askedAt.filter(address -> !address.isAnyLocalAddress())
                .ifPresent(address -> addresses.add(new InetSocketAddress(address, host.port())));
        for (StaticCandidate candidate : configured) {
            if (!candidate.byStun()) {
                resolve(candidate.host())
                        .ifPresent(address -> addresses.add(new InetSocketAddress(address, candidate.port())));
            }
        }
        List<String> lines = new ArrayList<>();
        int[] places = new int[2];
        for (InetSocketAddress address : addresses) {
            int family = address.getAddress() instanceof Inet6Address ? 1 : 0;
            lines.add(LocalCandidates.host(address, Transport.UDP, places[family]++)
                    .toString());
        }
        return lines;
    }

    /** Whether {@link #ask} has anybody to ask. */
    public boolean asksServers() {
        return !servers.isEmpty() || configured.stream().anyMatch(StaticCandidate::byStun);
    }

    /**
     * Asks the STUN servers.
     *
     * @param each gets each candidate as it is found, on any thread
     * @return completes when all have answered or been given up, within 8 s
     */
    public CompletableFuture<Void> ask(Consumer<String> each) {
        List<CompletableFuture<?>> questions = new ArrayList<>();
        int place = 0;
        for (StunServer server : serversToAsk()) {
            Optional<InetAddress> address = resolve(server.host());
            if (address.isEmpty()) {
                continue;
            }
            InetSocketAddress at = new InetSocketAddress(address.get(), server.port());
            Datagrams socket = host.sockets().getFirst();
            int index = place++;
            questions.add(host.reflexive()
                    .ask(at, socket)
                    .thenAccept(mapped -> announce(mapped, at, index, each))
                    .exceptionally(failure -> {
                        LOG.debug("{}", failure.getMessage());
                        return null;
                    }));
        }
        return CompletableFuture.allOf(questions.toArray(CompletableFuture[]::new));
    }

    private List<StunServer> serversToAsk() {
        return servers.isEmpty() && asksServers() ? StunServer.PUBLIC : servers;
    }

    private void announce(InetSocketAddress mapped, InetSocketAddress server, int index, Consumer<String> each) {
        InetSocketAddress base = base(mapped);
        if (!servers.isEmpty() && !mapped.equals(base)) {
            Candidate seen = LocalCandidates.serverReflexive(mapped, base, server, index);
            each.accept(seen.toString());
        }
        for (StaticCandidate candidate : configured) {
            if (candidate.byStun()) {
                InetSocketAddress forwarded = new InetSocketAddress(mapped.getAddress(), candidate.port());
                each.accept(LocalCandidates.serverReflexive(forwarded, Transport.UDP, index)
                        .toString());
            }
        }
    }

    // A port on one address alone is reached by no other.
    private List<InetAddress> own() {
        InetAddress bound = host.sockets().getFirst().local().getAddress();
        return bound.isAnyLocalAddress() ? HostAddresses.reachable() : List.of(bound);
    }

    private InetSocketAddress base(InetSocketAddress mapped) {
        boolean ipv6 = mapped.getAddress() instanceof Inet6Address;
        InetAddress own = own().stream()
                .filter(address -> address instanceof Inet6Address == ipv6)
                .findFirst()
                .orElse(mapped.getAddress());
        return new InetSocketAddress(own, host.port());
    }

    private Optional<InetAddress> resolve(String name) {
        try {
            return resolver.resolve(name).stream().findFirst();
        } catch (UnknownHostException e) {
            LOG.warn("the name {} in webrtc.candidates or webrtc.ice_servers is unknown here; use an IP address", name);
            return Optional.empty();
        }
    }
}
