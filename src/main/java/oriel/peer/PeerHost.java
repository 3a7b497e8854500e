package oriel.peer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import oriel.base.Clock;
import oriel.base.MalformedException;
import oriel.metrics.Drops;
import oriel.metrics.Limit;
import oriel.net.DatagramRouter;
import oriel.net.Datagrams;
import oriel.net.MediaLoop;
import oriel.net.MediaLoops;
import oriel.net.UdpMux;
import oriel.webrtc.Offer;
import oriel.webrtc.dtls.DtlsAcceptor;
import oriel.webrtc.dtls.DtlsCertificate;
import oriel.webrtc.dtls.DtlsWarmup;
import oriel.webrtc.dtls.Fingerprint;
import oriel.webrtc.dtls.HandshakeLimit;
import oriel.webrtc.ice.IceAgent;
import oriel.webrtc.ice.StunMessage;

/**
 * All WebRTC peers of this process on one UDP port: gives each datagram to its peer, by address or, from a new address, by
 * the name in its STUN check. Nothing is kept for or answered to an address that has not proved to know a session. Any
 * thread, unless said otherwise.
 */
public final class PeerHost implements DatagramRouter, AutoCloseable {
    /** Sessions that have been answered and not connected yet; a further offer is refused. */
    public static final int MAX_UNCONNECTED = 256;

    // Those that an agent checks, and those that checked us.
    private static final int MAX_ADDRESSES = IceAgent.MAX_REMOTE_CANDIDATES + IceAgent.MAX_AUTHENTICATED;

    // The first one loads the classes; after a few more a handshake costs a tenth.
    private static final int WARM_UPS = 5;

    private final RandomGenerator random;
    private final DtlsCertificate certificate;
    private final DtlsAcceptor acceptor;
    private final UdpMux mux;
    private final ReflexiveAddresses reflexive;
    private final Drops drops;
    private final HandshakeLimit handshakes = new HandshakeLimit(HandshakeLimit.DEFAULT_MOST);
    private final AtomicInteger nextLoop = new AtomicInteger();
    private final Map<String, Peer> byName = new ConcurrentHashMap<>();
    private final Map<InetSocketAddress, Peer> byAddress = new ConcurrentHashMap<>();
    private final Set<Peer> unconnected = ConcurrentHashMap.newKeySet();

    private PeerHost(
            MediaLoops loops, InetSocketAddress listen, SecureRandom random, Clock clock, Executor dtls, Drops drops)
            throws IOException {
        this.random = random;
        this.drops = drops;
        this.certificate = DtlsCertificate.generate(random, clock.now());
        this.acceptor = new DtlsAcceptor(certificate, random, clock, handshakes, dtls);
        this.reflexive = new ReflexiveAddresses(random);
        this.mux = UdpMux.open(loops, listen, this, drops);
    }

    /**
     * Opens the port.
     *
     * @param listen where; port 0 takes any
     * @param dtls gives each DTLS conversation a thread, so a virtual one
     * @param drops counts what the port and its peers throw away
     * @throws IOException if the port is taken or not ours to have
     */
    public static PeerHost open(
            MediaLoops loops, InetSocketAddress listen, SecureRandom random, Clock clock, Executor dtls, Drops drops)
            throws IOException {
        return new PeerHost(loops, listen, random, clock, dtls, drops);
    }

    /** Runs handshakes with ourselves, so that the first viewer does not wait for classes to load. Blocks. */
    public void warmUp(SecureRandom strong, Clock clock, Executor dtls) throws InterruptedException {
        for (int i = 0; i < WARM_UPS; i++) {
            DtlsWarmup.run(certificate, strong, clock, dtls);
        }
    }

    /** The fingerprint that answers name. */
    public Fingerprint fingerprint() {
        return certificate.fingerprint();
    }

    /** The port that viewers reach us on. */
    public int port() {
        return mux.port();
    }

    /** How STUN servers see that port. */
    public ReflexiveAddresses reflexive() {
        return reflexive;
    }

    /** The sockets, one a loop. */
    public List<Datagrams> sockets() {
        return mux.sockets();
    }

    /** What was thrown away before it could be given to a peer, and what all peers threw away. */
    public Drops drops() {
        return drops;
    }

    /** The bounds of the port and of what is behind it. */
    public List<Limit> limits() {
        return List.of(
                Limit.of(
                                "webrtc.unknown-addresses",
                                0,
                                "bytes kept for an address that has not shown that it belongs to a viewer",
                                "Its datagrams are dropped unanswered.")
                        .countedBy(drops, "unknown-address", "stun-unknown", "udp-length"),
                Limit.of(
                                "webrtc.addresses",
                                MAX_ADDRESSES,
                                "addresses of one viewer, from its candidates and its checks; filled says those of all",
                                "Further candidates are passed over, and the oldest address that checked is forgotten.")
                        .filledBy(byAddress::size)
                        .countedBy(drops, "ice-candidate-limit"),
                Limit.of(
                                "webrtc.unconnected",
                                MAX_UNCONNECTED,
                                "viewers answered and not connected yet",
                                "Further offers are refused with 503 until some have connected or 30 s are over.")
                        .filledBy(unconnected::size)
                        .countedBy(drops, "unconnected-full"),
                Limit.of(
                                "webrtc.handshakes",
                                handshakes.most(),
                                "DTLS handshakes under way",
                                "The viewer's hello is dropped; it repeats it, and is let in when one has ended, within 10 s.")
                        .filledBy(handshakes::underWay)
                        .countedBy(drops, "handshakes-full"));
    }

    /**
     * Makes a peer for an offer; it has 30 s to come.
     *
     * @throws MalformedException if the offer's credentials make no sense
     * @throws IllegalStateException if {@value #MAX_UNCONNECTED} have been answered and not come yet
     */
    public Peer open(Offer offer, PeerEvents events) throws MalformedException {
        if (unconnected.size() >= MAX_UNCONNECTED) {
            drops.count("unconnected-full");
            throw new IllegalStateException(MAX_UNCONNECTED + " viewers are connecting already; try again in a moment");
        }
        List<Datagrams> sockets = mux.sockets();
        MediaLoop loop = sockets.get(Math.floorMod(nextLoop.getAndIncrement(), sockets.size()))
                .loop();
        Peer peer = new Peer(this, mux, loop, offer, acceptor, events);
        byName.put(peer.credentials().ufrag(), peer);
        unconnected.add(peer);
        peer.start();
        return peer;
    }

    @Override
    public void datagram(Datagrams socket, InetSocketAddress remote, byte[] data, int length) {
        Peer peer = byAddress.get(remote);
        if (StunMessage.isStun(data[0])) {
            String name = StunMessage.localUfragOf(ByteBuffer.wrap(data, 0, length));
            if (name.isEmpty()) {
                // An answer: to a peer's check, or to our question how a STUN server sees us.
                if (peer == null) {
                    if (!reflexive.receive(remote, data, length)) {
                        drops.count("stun-unknown");
                    }
                    return;
                }
            } else if (peer == null || !peer.credentials().ufrag().equals(name)) {
                peer = byName.get(name);
            }
        }
        if (peer == null) {
            drops.count("unknown-address");
            return;
        }
        peer.datagram(socket.loop(), remote, data, length);
    }

    /** Ends all peers; their goodbyes leave as long as the port is open. */
    public void closePeers() {
        byName.values().forEach(peer -> peer.close("Oriel is stopping"));
    }

    @Override
    public void close() {
        closePeers();
        mux.close();
    }

    RandomGenerator random() {
        return random;
    }

    /** We send there for {@code peer}, so an answer may come from there. */
    void expect(InetSocketAddress remote, Peer peer) {
        byAddress.putIfAbsent(remote, peer);
    }

    /** The peer proved that it is there. */
    void belongs(InetSocketAddress remote, Peer peer) {
        byAddress.put(remote, peer);
    }

    void forget(InetSocketAddress remote, Peer peer) {
        byAddress.remove(remote, peer);
    }

    void connected(Peer peer) {
        unconnected.remove(peer);
    }

    void ended(Peer peer) {
        unconnected.remove(peer);
        byName.remove(peer.credentials().ufrag(), peer);
        byAddress.values().removeIf(other -> other == peer);
    }
}
