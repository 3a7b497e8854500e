package oriel.peer;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import oriel.base.MalformedException;
import oriel.metrics.Drops;
import oriel.net.Datagrams;
import oriel.net.MediaLoop;
import oriel.net.UdpMux;
import oriel.rtp.RtcpPacket;
import oriel.webrtc.Offer;
import oriel.webrtc.PeerListener;
import oriel.webrtc.PeerSession;
import oriel.webrtc.dtls.DtlsAcceptor;
import oriel.webrtc.ice.IceCredentials;
import oriel.webrtc.ice.IcePath;
import oriel.webrtc.srtp.PacketProtector;

/**
 * One viewer's peer on its loop. Until the viewer has shown itself it may move to the loop where its datagrams arrive;
 * afterwards it stays, and what arrives elsewhere is handed over. {@link #addCandidate} and {@link #close} may be called
 * from anywhere, the rest on the owning loop.
 */
public final class Peer {
    private final PeerHost host;
    private final UdpMux mux;
    private final PeerEvents events;
    private final IceCredentials local;
    private final PeerSession session;
    private final Drops drops;
    private final Executor owner = this::run;
    private volatile MediaLoop loop;
    private volatile Optional<InetSocketAddress> remote = Optional.empty(); // the loop writes
    private boolean settled;
    private MediaLoop.@Nullable Timer timer;
    private long timerAt;

    Peer(PeerHost host, UdpMux mux, MediaLoop loop, Offer offer, DtlsAcceptor acceptor, PeerEvents events)
            throws MalformedException {
        this.host = host;
        this.mux = mux;
        this.loop = loop;
        this.events = events;
        this.drops = new Drops(host.drops(), () -> "");
        this.local = IceCredentials.generate(host.random());
        this.session = new PeerSession(
                offer, local, acceptor, owner, host.random(), new SessionEvents(), drops, loop.nanoTime());
    }

    /** Our name and password, for the answer. */
    public IceCredentials credentials() {
        return local;
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

    /** Ends it; the events hear {@code reason}. Any thread. */
    public void close(String reason) {
        run(() -> session.close(reason));
    }

    /** Encrypts media; on the loop, once connected. */
    public PacketProtector protector() {
        return session.protector();
    }

    /** The socket that media leaves by; on the loop. */
    public Datagrams socket() {
        return mux.socket(loop);
    }

    /** Sends one compound RTCP packet; on the loop. */
    public void sendRtcp(byte[] plain, int length) {
        session.sendRtcp(plain, length);
    }

    /** A datagram of the viewer came in on {@code at}; its bytes are only lent. */
    void datagram(MediaLoop at, InetSocketAddress from, byte[] data, int length) {
        if (at.equals(loop)) {
            receive(at, from, data, length);
        } else {
            byte[] copy = java.util.Arrays.copyOf(data, length);
            run(() -> receive(at, from, copy, copy.length));
        }
    }

    void start() {
        run(this::arm);
    }

    private void receive(MediaLoop at, InetSocketAddress from, byte[] data, int length) {
        boolean known = settled;
        session.receive(IcePath.udp(from), data, length, loop.nanoTime());
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

    private void arm() {
        remote = session.path().map(IcePath::remote);
        OptionalLong deadline = session.nextDeadline();
        if (deadline.isEmpty()) {
            disarm();
            return;
        }
        if (timer == null || deadline.getAsLong() - timerAt < 0) {
            disarm();
            timerAt = deadline.getAsLong();
            long delay = Math.max(0, timerAt - loop.nanoTime());
            timer = loop.schedule(java.time.Duration.ofNanos(delay), () -> run(this::tick));
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
            host.expect(path.remote(), Peer.this);
            mux.socket(loop).send(path.remote(), data, offset, length);
        }

        @Override
        public void authenticated(IcePath path) {
            host.belongs(path.remote(), Peer.this);
            settled = true;
        }

        @Override
        public void forgotten(IcePath path) {
            host.forget(path.remote(), Peer.this);
        }

        @Override
        public void connected() {
            remote = session.path().map(IcePath::remote);
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
            host.ended(Peer.this);
            events.ended(reason);
        }
    }
}
