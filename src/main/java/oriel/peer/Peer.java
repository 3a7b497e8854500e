package oriel.peer;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import oriel.base.MalformedException;
import oriel.metrics.Drops;
import oriel.net.Datagrams;
import oriel.net.FrameReceiver;
import oriel.net.FramedConnection;
import oriel.net.MediaLoop;
import oriel.net.UdpMux;
import oriel.rtp.RtcpPacket;
import oriel.webrtc.Offer;
import oriel.webrtc.PeerListener;
import oriel.webrtc.PeerSession;
import oriel.webrtc.dtls.DtlsAcceptor;
import oriel.webrtc.ice.IceCredentials;
import oriel.webrtc.ice.IcePath;
import oriel.webrtc.ice.StunIntegrity;
import oriel.webrtc.ice.StunMessage;
import oriel.webrtc.ice.Transport;
import oriel.webrtc.srtp.PacketProtector;

/**
 * One viewer's peer on its loop. Until the viewer has shown itself it may move to the loop where its datagrams arrive;
 * afterwards it stays, and what arrives elsewhere is handed over. {@link #addCandidate}, {@link #restart} and {@link #close}
 * may be called from anywhere, the rest on the owning loop.
 */
public final class Peer implements FrameReceiver {
    /** Its connections are closed so long after it has ended, for its goodbye goes over them. */
    private static final Duration GOODBYE = Duration.ofMillis(250);

    private final PeerHost host;
    private final Optional<UdpMux> mux;
    private final PeerEvents events;
    private final PeerSession session;
    private final Map<IcePath, FramedConnection> connections = new HashMap<>();
    private final Set<IcePath> proven = new HashSet<>();
    private final Map<String, IceCredentials> names = new ConcurrentHashMap<>();
    private final Drops drops;
    private final Executor owner = this::run;
    private volatile IceCredentials local; // the newest
    private volatile MediaLoop loop;
    private volatile Optional<InetSocketAddress> remote = Optional.empty(); // the loop writes
    private @Nullable Datagrams media;
    private volatile String remoteName;
    private boolean settled;
    private boolean ended;
    private MediaLoop.@Nullable Timer timer;
    private long timerAt;

    Peer(PeerHost host, Optional<UdpMux> mux, MediaLoop loop, Offer offer, DtlsAcceptor acceptor, PeerEvents events)
            throws MalformedException {
        this.host = host;
        this.mux = mux;
        this.loop = loop;
        this.events = events;
        this.drops = new Drops(host.drops(), () -> "");
        IceCredentials first = IceCredentials.generate(host.random());
        this.local = first;
        names.put(first.ufrag(), first);
        this.remoteName = offer.ufrag();
        this.session = new PeerSession(
                offer, first, acceptor, owner, host.random(), new SessionEvents(), drops, loop.nanoTime());
    }

    /** Our newest name and password, for the answer. */
    public IceCredentials credentials() {
        return local;
    }

    /** The viewer's name. Any thread. */
    public String remoteName() {
        return remoteName;
    }

    /** The loop that owns it now; for good once connected. */
    public MediaLoop loop() {
        return loop;
    }

    /** Where media goes: the viewer's address and port, once known. Any thread. */
    public Optional<InetSocketAddress> remote() {
        return remote;
    }

    /** What was thrown away of what came from the viewer. Any thread. */
    public Map<String, Long> drops() {
        return drops.snapshot();
    }

    /** Takes a trickled candidate of the viewer. Any thread. */
    public void addCandidate(String line) {
        run(() -> {
            session.addCandidate(line, loop.nanoTime());
            arm();
        });
    }

    /**
     * The viewer begins ICE anew on the same session (RFC 8445, 9): media stays on its way until a new one works. Candidates
     * that are added from now on are the new ones. Any thread.
     *
     * @param remote the viewer's new name and password
     * @return ours, for the answer
     */
    public IceCredentials restart(IceCredentials remote) {
        remoteName = remote.ufrag();
        IceCredentials fresh = IceCredentials.generate(host.random());
        local = fresh;
        names.put(fresh.ufrag(), fresh);
        host.named(fresh, this);
        run(() -> {
            if (ended) {
                host.unnamed(fresh, this);
                return;
            }
            session.restart(fresh, remote, loop.nanoTime());
            arm();
        });
        return fresh;
    }

    /** Ends it; the events hear {@code reason}. Any thread. */
    public void close(String reason) {
        run(() -> session.close(reason));
    }

    /** Encrypts media; on the loop, once connected. */
    public PacketProtector protector() {
        return session.protector();
    }

    /**
     * What media leaves by; on the loop, once connected.
     *
     * @throws IllegalStateException before
     */
    public Datagrams socket() {
        if (media == null) {
            throw new IllegalStateException("no way to the viewer yet");
        }
        return media;
    }

    /** Sends one compound RTCP packet; on the loop. */
    public void sendRtcp(byte[] plain, int length) {
        session.sendRtcp(plain, length);
    }

    /** A datagram of the viewer came in on {@code socket}; its bytes are only lent. */
    void datagram(Datagrams socket, InetSocketAddress from, byte[] data, int length) {
        receive(socket.loop(), new IcePath(Transport.UDP, socket.bound(), from), data, length);
    }

    /** Whether these bytes are a check with this name of ours and the password that belongs to it. Any thread. */
    boolean isProvedBy(String name, byte[] data, int length) {
        IceCredentials named = names.get(name);
        try {
            return named != null && new StunIntegrity(named.password()).verifies(StunMessage.parse(data, 0, length));
        } catch (MalformedException e) {
            return false;
        }
    }

    @Override
    public void frame(FramedConnection connection, byte[] frame, int length) {
        IcePath path = pathOf(connection);
        MediaLoop at = connection.loop();
        if (at.equals(loop) && connection.equals(connections.get(path))) {
            receiveHere(at, path, frame, length);
            return;
        }
        byte[] copy = Arrays.copyOf(frame, length);
        run(() -> {
            if (ended) {
                connection.close();
                return;
            }
            connections.put(path, connection);
            receiveHere(at, path, copy, copy.length);
        });
    }

    @Override
    public void closed(FramedConnection connection) {
        IcePath path = pathOf(connection);
        run(() -> {
            if (connections.remove(path, connection) && !ended) {
                session.gone(path, loop.nanoTime());
                arm();
            }
        });
    }

    private static IcePath pathOf(FramedConnection connection) {
        return new IcePath(Transport.TCP, Optional.of(connection.local().getAddress()), connection.remote());
    }

    void start() {
        run(this::arm);
    }

    private void receive(MediaLoop at, IcePath path, byte[] data, int length) {
        if (at.equals(loop)) {
            receiveHere(at, path, data, length);
        } else {
            byte[] copy = Arrays.copyOf(data, length);
            run(() -> receiveHere(at, path, copy, copy.length));
        }
    }

    private void receiveHere(MediaLoop at, IcePath path, byte[] data, int length) {
        boolean known = settled;
        session.receive(path, data, length, loop.nanoTime());
        if (!known && settled && !at.equals(loop)) {
            // The viewer's datagrams come in on another loop than we guessed: nothing has begun yet, so we move there.
            disarm();
            loop = at;
            start();
        } else {
            arm();
        }
    }

    // Runs on the loop that owns the peer by then, even if it moves meanwhile.
    private void run(Runnable task) {
        MediaLoop target = loop;
        target.execute(() -> {
            if (loop.equals(target)) {
                task.run();
            } else {
                run(task);
            }
        });
    }

    // Looked up anew each time: the socket of an address goes with it.
    private void follow() {
        Optional<IcePath> path = session.path();
        if (path.isPresent()) {
            media = way(path.get());
        }
        remote = media == null ? Optional.empty() : path.map(IcePath::remote);
    }

    private @Nullable Datagrams way(IcePath path) {
        return switch (path.transport()) {
            case UDP -> mux.map(all -> all.socket(loop, path.local())).orElse(media);
            case TCP -> {
                FramedConnection connection = connections.get(path);
                // One that has just closed is full for good until another way is found.
                yield connection == null ? media : connection.media(loop);
            }
        };
    }

    private void arm() {
        follow();
        OptionalLong deadline = session.nextDeadline();
        if (deadline.isEmpty()) {
            disarm();
            return;
        }
        if (timer == null || deadline.getAsLong() - timerAt < 0) {
            disarm();
            timerAt = deadline.getAsLong();
            long delay = Math.max(0, timerAt - loop.nanoTime());
            timer = loop.schedule(Duration.ofNanos(delay), () -> run(this::tick));
        }
    }

    private void tick() {
        timer = null;
        session.tick(loop.nanoTime());
        arm();
    }

    private void disarm() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private final class SessionEvents implements PeerListener {
        @Override
        public void send(IcePath path, byte[] data, int offset, int length) {
            switch (path.transport()) {
                case UDP -> datagram(path, data, offset, length);
                case TCP -> {
                    FramedConnection connection = connections.get(path);
                    if (connection == null) {
                        drops.count("tcp-gone");
                    } else {
                        connection.send(data, offset, length);
                    }
                }
            }
        }

        private void datagram(IcePath path, byte[] data, int offset, int length) {
            if (mux.isEmpty() || !host.sendsTo(path.remote())) {
                return; // a candidate of a kind that we have no way to
            }
            if (!ended) {
                // Not for the goodbye, which leaves when the host has forgotten us.
                host.expect(path.remote(), Peer.this);
            }
            mux.get().socket(loop, path.local()).send(path.remote(), data, offset, length);
        }

        @Override
        public void authenticated(IcePath path) {
            proven.add(path);
            if (path.transport() == Transport.UDP) {
                host.belongs(path.remote(), Peer.this);
            }
            settled = true;
        }

        @Override
        public void forgotten(IcePath path) {
            proven.remove(path);
            switch (path.transport()) {
                case UDP -> {
                    // It may have come from there to another address of ours.
                    if (proven.stream().noneMatch(other -> isSamePlace(other, path))) {
                        host.forget(path.remote(), Peer.this);
                    }
                }
                case TCP -> {
                    FramedConnection connection = connections.remove(path);
                    if (connection != null) {
                        connection.close();
                    }
                }
            }
        }

        private static boolean isSamePlace(IcePath one, IcePath other) {
            return one.transport() == other.transport() && one.remote().equals(other.remote());
        }

        @Override
        public void retired(IceCredentials old) {
            names.remove(old.ufrag());
            host.unnamed(old, Peer.this);
        }

        @Override
        public void connected() {
            follow();
            host.connected(Peer.this);
            events.connected(Peer.this);
        }

        @Override
        public void rtcp(List<RtcpPacket> packets) {
            events.rtcp(packets);
        }

        @Override
        public void ended(String reason) {
            disarm();
            ended = true;
            host.ended(Peer.this);
            if (!connections.isEmpty()) {
                loop.schedule(GOODBYE, () -> List.copyOf(connections.values()).forEach(FramedConnection::close));
            }
            events.ended(reason);
        }
    }
}
