package oriel.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.base.Clock;
import oriel.base.MalformedException;
import oriel.metrics.Drops;
import oriel.metrics.Limit;
import oriel.net.ConnectionRouter;
import oriel.net.DatagramRouter;
import oriel.net.Datagrams;
import oriel.net.FrameReceiver;
import oriel.net.FramedConnection;
import oriel.net.MediaLoop;
import oriel.net.MediaLoops;
import oriel.net.TcpMux;
import oriel.net.UdpMux;
import oriel.webrtc.Offer;
import oriel.webrtc.dtls.DtlsAcceptor;
import oriel.webrtc.dtls.DtlsCertificate;
import oriel.webrtc.dtls.DtlsWarmup;
import oriel.webrtc.dtls.Fingerprint;
import oriel.webrtc.dtls.HandshakeLimit;
import oriel.webrtc.ice.IceAgent;
import oriel.webrtc.ice.IceCredentials;
import oriel.webrtc.ice.StunMessage;
import oriel.webrtc.ice.Transport;
import oriel.webrtc.srtp.PacketProtector;

/**
 * All WebRTC peers of this process on one port: gives each datagram to its peer, by address or, from a new address, by the
 * name in its STUN check, and each TCP connection to the peer whose password its first check proves. Nothing is kept for or
 * answered to an address that has not proved to know a session. Any thread, unless said otherwise.
 */
public final class PeerHost implements DatagramRouter, ConnectionRouter, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("webrtc");

    /** Sessions that have been answered and not connected yet; a further offer is refused. */
    public static final int MAX_UNCONNECTED = 256;

    /** How often we look whether addresses have come or gone. */
    private static final Duration LOOK_AT_ADDRESSES = Duration.ofSeconds(5);
    // Those that an agent checks, and those that checked us.
    private static final int MAX_ADDRESSES = IceAgent.MAX_REMOTE_CANDIDATES + IceAgent.MAX_AUTHENTICATED;

    // The first one loads the classes; after a few more a handshake costs a tenth.
    private static final int WARM_UPS = 5;

    private final RandomGenerator random;
    private final DtlsCertificate certificate;
    private final DtlsAcceptor acceptor;
    private final MediaLoops loops;
    private final PeerPort port;
    private final Clock clock;
    private final Ports ports;
    private final ReflexiveAddresses reflexive;
    private final JoinPace pace = new JoinPace(Runtime.getRuntime().availableProcessors());
    private final Drops drops;
    private final HandshakeLimit handshakes = new HandshakeLimit(HandshakeLimit.DEFAULT_MOST);
    private final AtomicInteger nextLoop = new AtomicInteger();
    private final Map<String, Peer> byName = new ConcurrentHashMap<>();
    private final Map<InetSocketAddress, Peer> byAddress = new ConcurrentHashMap<>();
    private final Set<Peer> unconnected = ConcurrentHashMap.newKeySet();
    private volatile HostAddresses addresses = new HostAddresses(List.of(), List.of());
    private volatile Optional<Thread> watching = Optional.empty();
    private volatile boolean closed;
    private Optional<UdpMux> asking = Optional.empty(); // guarded by this

    private PeerHost(MediaLoops loops, PeerPort port, SecureRandom random, Clock clock, Executor dtls, Drops drops)
            throws IOException {
        this.loops = loops;
        this.port = port;
        this.clock = clock;
        this.random = random;
        this.drops = drops;
        this.certificate = DtlsCertificate.generate(random, clock.now());
        this.acceptor = new DtlsAcceptor(certificate, random, clock, handshakes, dtls);
        this.reflexive = new ReflexiveAddresses(random);
        this.ports = Ports.open(loops, port, this, this, drops);
        if (port.listen().getAddress().isAnyLocalAddress()) {
            refreshAddresses();
            dtls.execute(this::watchAddresses);
        }
    }

    /**
     * Opens the port for UDP and TCP.
     *
     * @param listen where; port 0 takes any
     * @param dtls gives each DTLS conversation a thread, so a virtual one
     * @param drops counts what the port and its peers throw away
     * @throws IOException if the port is taken or not ours to have
     */
    public static PeerHost open(
            MediaLoops loops, InetSocketAddress listen, SecureRandom random, Clock clock, Executor dtls, Drops drops)
            throws IOException {
        return open(loops, PeerPort.at(listen), random, clock, dtls, drops);
    }

    /**
     * Opens the port.
     *
     * @param dtls gives each DTLS conversation a thread, so a virtual one; and one more task
     * @param drops counts what the port and its peers throw away
     * @throws IOException if the port is taken or not ours to have
     */
    public static PeerHost open(
            MediaLoops loops, PeerPort port, SecureRandom random, Clock clock, Executor dtls, Drops drops)
            throws IOException {
        return new PeerHost(loops, port, random, clock, dtls, drops);
    }

    /**
     * Runs handshakes with ourselves and chooses the cipher, so that the first viewer does not wait for classes and libraries to
     * load, and learns how many viewers a second this machine can greet. Blocks.
     */
    public void warmUp(SecureRandom strong, Executor dtls) throws InterruptedException {
        PacketProtector.choose();
        Duration best = DtlsWarmup.run(certificate, strong, clock, dtls);
        for (int i = 1; i < WARM_UPS; i++) {
            Duration next = DtlsWarmup.run(certificate, strong, clock, dtls);
            best = next.compareTo(best) < 0 ? next : best;
        }
        pace.costs(best);
    }

    /** The fingerprint that answers name. */
    public Fingerprint fingerprint() {
        return certificate.fingerprint();
    }

    /** The port that viewers reach us on. */
    public int port() {
        return ports.number();
    }

    /** What is listened to, and what is for viewers. */
    public PeerPort listensTo() {
        return port;
    }

    /** TCP connections that are open, those that have proved nothing among them. */
    public int tcpConnections() {
        return ports.tcp().map(TcpMux::connections).orElse(0);
    }

    /** How STUN servers see that port. */
    public ReflexiveAddresses reflexive() {
        return reflexive;
    }

    /**
     * The socket to ask STUN servers from: the port's own; where the port is TCP's alone, any other, whose address is worth as
     * much though its port is not.
     */
    Optional<Datagrams> asking() {
        if (ports.udp().isPresent()) {
            return ports.udp().map(mux -> mux.sockets().getFirst());
        }
        synchronized (this) {
            if (asking.isEmpty() && !closed) {
                try {
                    InetSocketAddress any = new InetSocketAddress(port.listen().getAddress(), 0);
                    asking = Optional.of(UdpMux.open(loops, any, this::answered, drops));
                } catch (IOException e) {
                    LOG.warn("no UDP socket to ask STUN servers from: {}", e.getMessage());
                }
            }
            return asking.map(mux -> mux.sockets().getFirst());
        }
    }

    /** This machine's addresses, read anew; those that have come have their sockets when this returns. Blocks. */
    public HostAddresses addresses() {
        InetAddress listen = port.listen().getAddress();
        if (!listen.isAnyLocalAddress()) {
            // A port on one address alone is reached by no other.
            boolean told = port.filter().announces(listen);
            return new HostAddresses(told ? List.of(listen) : List.of(), List.of(listen));
        }
        return refreshAddresses();
    }

    private synchronized HostAddresses refreshAddresses() {
        HostAddresses now = HostAddresses.read(port.filter());
        boolean changed = !now.equals(addresses);
        addresses = now;
        if (!closed) {
            boolean all = ports.udp().map(mux -> mux.serve(now.used())).orElse(true);
            if (changed) {
                LOG.debug("addresses for viewers: {}{}", now.used(), all ? "" : ", not all of them ready");
            }
        }
        return now;
    }

    private void watchAddresses() {
        watching = Optional.of(Thread.currentThread());
        try {
            while (!closed) {
                clock.sleep(LOOK_AT_ADDRESSES);
                refreshAddresses();
            }
        } catch (InterruptedException e) {
            // Closing.
        }
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
                                "webrtc.joins",
                                pace.most(),
                                "new viewers in a second, from what a handshake cost at start",
                                "Further offers are refused with 503, to come again in a second.")
                        .countedBy(drops, "joins-too-fast"),
                Limit.of(
                                "webrtc.handshakes",
                                handshakes.most(),
                                "DTLS handshakes under way",
                                "The viewer's hello is dropped; it repeats it, and is let in when one has ended, within 10 s.")
                        .filledBy(handshakes::underWay)
                        .countedBy(drops, "handshakes-full"),
                Limit.of(
                                "webrtc.tcp-connections",
                                port.strangers().connections(),
                                "TCP connections to the WebRTC port, "
                                        + port.strangers().strangers()
                                        + " of them of somebody who has not shown who it is",
                                "Further ones are closed; of those that have shown nothing the oldest gives way.")
                        .filledBy(this::tcpConnections)
                        .countedBy(drops, "tcp-full", "tcp-crowded", "tcp-silent"));
    }

    /**
     * Makes a peer for an offer; it has 30 s to come.
     *
     * @throws MalformedException if the offer's credentials make no sense
     * @throws IllegalStateException if {@value #MAX_UNCONNECTED} have been answered and not come yet, or if more come than
     *     this machine can shake hands with in a second
     */
    public Peer open(Offer offer, PeerEvents events) throws MalformedException {
        if (unconnected.size() >= MAX_UNCONNECTED) {
            drops.count("unconnected-full");
            throw new IllegalStateException(MAX_UNCONNECTED + " viewers are connecting already; try again in a moment");
        }
        if (!pace.admits(clock.nanoTime())) {
            drops.count("joins-too-fast");
            throw new IllegalStateException("more viewers come than this machine can greet in a second");
        }
        int turn = nextLoop.getAndIncrement();
        MediaLoop loop = ports.udp()
                .map(mux -> mux.sockets()
                        .get(Math.floorMod(turn, mux.sockets().size()))
                        .loop())
                .orElseGet(loops::next);
        Peer peer = new Peer(this, ports.udp(), loop, offer, acceptor, events);
        named(peer.credentials(), peer);
        unconnected.add(peer);
        peer.start();
        return peer;
    }

    @Override
    public void datagram(Datagrams socket, InetSocketAddress remote, byte[] data, int length) {
        if (!listens(socket, remote)) {
            drops.count("udp-filtered");
            return;
        }
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
            } else {
                peer = byName.get(name);
            }
        }
        if (peer == null) {
            drops.count("unknown-address");
            return;
        }
        peer.datagram(socket, remote, data, length);
    }

    // With interfaces or addresses chosen, those have sockets of their own, and what comes to the others' is for
    // nobody; but answers of STUN servers, which were asked from there.
    private boolean listens(Datagrams socket, InetSocketAddress remote) {
        AddressFilter filter = port.filter();
        boolean chosen =
                !filter.choosesAddresses() || !loops.epoll() || socket.bound().isPresent() || reflexive.asks(remote);
        return chosen && filter.allows(Transport.UDP, remote.getAddress());
    }

    private void answered(Datagrams socket, InetSocketAddress remote, byte[] data, int length) {
        if (!reflexive.receive(remote, data, length)) {
            drops.count("stun-unknown");
        }
    }

    @Override
    public boolean admits(InetSocketAddress local, InetSocketAddress remote) {
        AddressFilter filter = port.filter();
        boolean chosen = !filter.choosesAddresses() || addresses.used().contains(local.getAddress());
        return chosen && filter.allows(Transport.TCP, remote.getAddress());
    }

    @Override
    public Optional<FrameReceiver> claim(FramedConnection connection, byte[] frame, int length) {
        String name = StunMessage.isStun(frame[0]) ? StunMessage.localUfragOf(frame, 0, length) : "";
        if (name.isEmpty()) {
            drops.count("tcp-not-a-check");
            return Optional.empty();
        }
        Peer peer = byName.get(name);
        if (peer == null) {
            drops.count("tcp-unknown-name");
            return Optional.empty();
        }
        if (!peer.isProvedBy(name, frame, length)) {
            drops.count("tcp-integrity");
            return Optional.empty();
        }
        return Optional.of(peer);
    }

    /** Ends all peers; their goodbyes leave as long as the port is open. */
    public void closePeers() {
        byName.values().forEach(peer -> peer.close("Oriel is stopping"));
    }

    @Override
    public void close() {
        closed = true;
        closePeers();
        watching.ifPresent(Thread::interrupt);
        ports.close();
        synchronized (this) {
            asking.ifPresent(UdpMux::close);
            asking = Optional.empty();
        }
    }

    RandomGenerator random() {
        return random;
    }

    /** Checks with this name are the peer's. */
    void named(IceCredentials credentials, Peer peer) {
        byName.put(credentials.ufrag(), peer);
    }

    /** And no more. */
    void unnamed(IceCredentials credentials, Peer peer) {
        byName.remove(credentials.ufrag(), peer);
    }

    /** Whether addresses of this family are used for UDP. */
    boolean sendsTo(InetSocketAddress remote) {
        return port.filter().allows(Transport.UDP, remote.getAddress());
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
        byName.values().removeIf(other -> other == peer);
        byAddress.values().removeIf(other -> other == peer);
    }
}
