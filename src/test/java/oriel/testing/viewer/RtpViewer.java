package oriel.testing.viewer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import oriel.base.Secret;
import oriel.webrtc.ice.IceCredentials;
import oriel.webrtc.ice.StunMessage;

/**
 * A WebRTC viewer that decodes nothing: it offers, connects to where the answer says (ICE for one pair, DTLS as the
 * client), opens each packet and keeps it. Reports come from it once a second; all else it sends only when told. Cheap:
 * a socket and a parked virtual thread, on a {@link ViewerLoop} that many may share. Any thread.
 *
 * <pre>{@code
 * try (RtpViewer viewer = RtpViewer.of(ViewerOffer.CHROMIUM).open()) {
 *     viewer.answer(ViewerDoors.json(oriel.base(), "door", viewer.offer()));
 *     viewer.awaitPackets("video", 10);
 *     viewer.track("video").frames();
 * }
 * }</pre>
 */
public final class RtpViewer implements AutoCloseable {
    private static final long AWAIT_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final RtpViewerBuilder facts;
    private final ViewerLoop loop;
    private volatile ViewerWire wire; // the loop changes it
    private volatile String ufrag = random(6);
    private volatile String password = random(18);
    private final int ssrc = RANDOM.nextInt();
    private final ViewerMedia media;

    // Of the loop:
    private @Nullable ViewerIce ice;
    private @Nullable ViewerIce oldIce; // answers what was asked before a restart
    private @Nullable ViewerDtls dtls;
    private boolean keyed;
    private long nextReport;

    // Guarded by this:
    private @Nullable ViewerAnswer answer;
    private boolean checked;
    private long connectedNanos;
    private int profile;
    private String over = "";
    private int stun;
    private @Nullable Throwable fault;

    private volatile boolean mute;
    private volatile boolean reports = true;

    RtpViewer(RtpViewerBuilder facts, ViewerLoop loop) {
        this.facts = facts;
        this.loop = loop;
        this.media = new ViewerMedia(facts, ssrc, this::changed);
        try {
            wire = ViewerWire.udp(facts.local);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ViewerWire first = wire;
        loop.execute(() -> {
            register(first);
            loop.add(this);
        });
    }

    private void register(ViewerWire opened) {
        try {
            opened.channel().register(loop.selector(), SelectionKey.OP_READ, this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that offers this. */
    public static RtpViewerBuilder of(ViewerOffer offer) {
        return new RtpViewerBuilder(offer);
    }

    /** The offer, the same each time. */
    public String offer() {
        List<String> candidates = new ArrayList<>(facts.candidates);
        if (facts.ownCandidate) {
            candidates.add(candidate());
        }
        return facts.offer.sdp(ufrag, password, facts.fingerprint, facts.setup, candidates);
    }

    /** A host candidate of this viewer's socket, as {@code webrtc/candidate} carries it. */
    public String candidate() {
        return "candidate:1 1 udp 2122260223 " + local().getAddress().getHostAddress() + " " + local().getPort()
                + " typ host generation 0 ufrag " + ufrag;
    }

    /** Where its socket is. */
    public InetSocketAddress local() {
        try {
            return wire.local();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes the answer and connects to the best address in it. */
    public void answer(String sdp) {
        ViewerAnswer parsed = ViewerAnswer.parse(sdp);
        answer(sdp, parsed.way().orElseThrow(() -> new AssertionError("no address to go to in the answer:\n" + sdp)));
    }

    /** Takes the answer and connects by TCP, to the best of its addresses for that. */
    public void answerByTcp(String sdp) {
        ViewerAnswer parsed = ViewerAnswer.parse(sdp);
        answerByTcp(
                sdp, parsed.tcpWay().orElseThrow(() -> new AssertionError("no TCP address in the answer:\n" + sdp)));
    }

    /** Takes the answer and connects to {@code remote} by TCP. */
    public void answerByTcp(String sdp, InetSocketAddress remote) {
        change(() -> ViewerWire.tcp(facts.local, remote));
        answer(sdp, remote);
    }

    /** Goes on from another port, as behind a router that forgot the old one; checks and nominates from there. */
    public void rebind() {
        rebind(true);
    }

    /** The same; if not {@code nominates}, as browsers that ask for consent only. */
    public void rebind(boolean nominates) {
        change(() -> ViewerWire.udp(facts.local));
        moved(Optional.empty(), nominates);
    }

    /** Goes on by TCP to {@code remote}. */
    public void moveToTcp(InetSocketAddress remote) {
        change(() -> ViewerWire.tcp(facts.local, remote));
        moved(Optional.of(remote), true);
    }

    /** Goes on by UDP to {@code remote}. */
    public void moveToUdp(InetSocketAddress remote) {
        change(() -> ViewerWire.udp(facts.local));
        moved(Optional.of(remote), true);
    }

    private void moved(Optional<InetSocketAddress> remote, boolean nominates) {
        loop.execute(() -> {
            if (ice != null) {
                ice.move(remote.orElse(ice.remote()), nominates);
            }
        });
    }

    private interface Opening {
        ViewerWire open() throws IOException;
    }

    private void change(Opening opening) {
        try {
            ViewerWire opened = opening.open();
            loop.execute(() -> {
                ViewerWire old = wire;
                wire = opened;
                register(opened);
                try {
                    old.channel().close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fresh name and password for an ICE restart; take effect when the server's are {@link #restarted known}. */
    public IceCredentials renew() {
        return new IceCredentials(random(6), Secret.of(random(18)));
    }

    /** The server has answered a restart. */
    public void restarted(IceCredentials own, IceCredentials servers, InetSocketAddress remote) {
        loop.execute(() -> {
            oldIce = ice;
            ufrag = own.ufrag();
            password = own.password().reveal();
            ice = new ViewerIce(
                    ufrag, password, servers.ufrag(), servers.password().reveal(), remote, this::transmit);
        });
    }

    /** Takes the answer and connects to {@code remote}. */
    public void answer(String sdp, InetSocketAddress remote) {
        ViewerAnswer parsed = ViewerAnswer.parse(sdp);
        synchronized (this) {
            answer = parsed;
        }
        media.answered(parsed);
        loop.execute(() -> ice =
                new ViewerIce(ufrag, password, parsed.any("ice-ufrag"), parsed.any("ice-pwd"), remote, this::transmit));
    }

    /** The answer that was taken. */
    public synchronized ViewerAnswer answered() {
        if (answer == null) {
            throw new AssertionError("no answer was taken");
        }
        return answer;
    }

    /** What comes of the first section of this kind, {@code audio} or {@code video}. */
    public ReceivedTrack track(String kind) {
        return media.tracks().stream()
                .filter(track -> track.section().media().equals(kind))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " in the answer"));
    }

    /** Whether keys are there. */
    public synchronized boolean connected() {
        return connectedNanos != 0;
    }

    /** When keys were there, of {@link System#nanoTime}. */
    public synchronized long connectedNanos() {
        return connectedNanos;
    }

    /** Whether a check was answered. */
    public synchronized boolean checked() {
        return checked;
    }

    /** STUN messages that came, answered or not. */
    public synchronized int stunMessages() {
        return stun;
    }

    /** 7 for AES-GCM, 1 for counter mode. */
    public synchronized int profile() {
        return profile;
    }

    /** Why DTLS has ended; empty while it has not. */
    public synchronized String over() {
        return over;
    }

    /** Packets that our keys do not open. */
    public int refused() {
        return media.refused();
    }

    /** Packets of no section of the answer. */
    public int strangers() {
        return media.strangers();
    }

    /** Blocks until {@code condition} holds, at most 20 s. */
    public synchronized void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + AWAIT_NANOS;
        while (!condition.getAsBoolean()) {
            if (fault != null) {
                throw new AssertionError("the viewer cannot go on", fault);
            }
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("in vain: " + what + "; " + this);
            }
            wait(10);
        }
    }

    public void awaitConnected() throws InterruptedException {
        await("connected", this::connected);
    }

    /** Waits until {@code count} packets of a section have come in all. */
    public void awaitPackets(String kind, long count) throws InterruptedException {
        ReceivedTrack track = track(kind);
        await(count + " packets of " + kind, () -> track.count() >= count);
    }

    /** Waits until so many whole pictures have come in all. */
    public void awaitFrames(String kind, int count) throws InterruptedException {
        ReceivedTrack track = track(kind);
        await(
                count + " frames of " + kind,
                () -> track.frames().stream().filter(ReceivedFrame::whole).count() >= count);
    }

    /** Waits until the server has said goodbye. */
    public void awaitOver() throws InterruptedException {
        await("the end", () -> !over().isEmpty());
    }

    /** Loses packets of the network from now on: those that are so never came. */
    public void loses(Predicate<ReceivedPacket> lost) {
        media.loses(lost);
    }

    /** Answers no check, sends none and no report from now on: it is gone without a word. Or is back. */
    public void mute(boolean on) {
        mute = on;
    }

    /** Sends a report each second, as it does at first, or not. */
    public void reports(boolean on) {
        reports = on;
    }

    /** Reads nothing from its socket from now on, or does again. */
    public void pause(boolean on) {
        loop.execute(() -> {
            SelectionKey key = wire.channel().keyFor(loop.selector());
            if (key != null && key.isValid()) {
                key.interestOps(on ? 0 : SelectionKey.OP_READ);
            }
        });
    }

    /** Says that these are missing. */
    public void nack(String kind, Collection<Integer> sequences) {
        int of = track(kind).ssrc();
        rtcp(ViewerRtcp.nack(ssrc, of, sequences));
    }

    /** Asks for a key frame. */
    public void pli(String kind) {
        rtcp(ViewerRtcp.pli(ssrc, track(kind).ssrc()));
    }

    /** Asks for a key frame in the old way. */
    public void fir(String kind, int number) {
        rtcp(ViewerRtcp.fir(ssrc, track(kind).ssrc(), number));
    }

    /** Reports of a section, as if so much of it were lost: 0 to 1. */
    public void report(String kind, double lost) {
        ReceivedTrack track = track(kind);
        loop.execute(() -> send(media.report(track, (int) (lost * 256))));
    }

    /** Sends RTCP of the test's making, protected, behind an empty report. */
    public void rtcp(byte[] packet) {
        loop.execute(() -> send(ViewerRtcp.join(ViewerRtcp.receiverReport(ssrc, List.of()), packet)));
    }

    /** Sends a datagram as it is. */
    public void raw(byte[] datagram) {
        loop.execute(() -> {
            if (ice != null) {
                write(ice.remote(), datagram);
            }
        });
    }

    /** Leaves without a goodbye. */
    public void vanish() {
        if (facts.loop == null) {
            loop.close();
        } else {
            loop.execute(this::drop);
        }
    }

    /** Says goodbye and leaves. */
    @Override
    public void close() {
        ViewerDtls conversation;
        synchronized (this) {
            conversation = dtls;
        }
        if (conversation != null && wire.channel().isOpen()) {
            conversation.close();
        }
        vanish();
    }

    @Override
    public synchronized String toString() {
        StringBuilder text = new StringBuilder("viewer: checked " + checked + ", connected " + connected()
                + ", refused " + refused() + ", strangers " + strangers() + ", over '" + over + "'");
        for (ReceivedTrack track : media.tracks()) {
            text.append(", ").append(track.section().media()).append(' ').append(track.count());
        }
        return text.toString();
    }

    // ---- on the loop ----

    void tick(long now) {
        if (mute) {
            return;
        }
        if (ice != null) {
            ice.tick(now);
        }
        if (keyed && reports && now - nextReport >= 0) {
            nextReport = now + REPORT_NANOS;
            media.report().ifPresent(this::send);
        }
    }

    void read() throws IOException {
        while (wire.channel().isOpen()) {
            Optional<ViewerWire.Came> came = wire.read();
            if (came.isEmpty()) {
                return;
            }
            if (came.get().data().length > 0) {
                judged(came.get());
            }
        }
    }

    void drop() {
        loop.remove(this);
        if (dtls != null) {
            dtls.abandon();
        }
        try {
            wire.channel().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // What is wrong with it is for the test's thread to hear; the loop may have other viewers.
    private void judged(ViewerWire.Came came) {
        try {
            datagram(came.from(), came.data(), came.nanos());
        } catch (AssertionError | RuntimeException e) {
            synchronized (this) {
                if (fault == null) {
                    fault = e;
                }
                notifyAll();
            }
        }
    }

    private void datagram(InetSocketAddress from, byte[] data, long nanos) {
        int first = data[0] & 0xFF;
        if (first <= 3) {
            synchronized (this) {
                stun++;
                notifyAll();
            }
            String name = StunMessage.localUfragOf(data, 0, data.length);
            ViewerIce asked = oldIce != null && !name.isEmpty() && !name.equals(ufrag) ? oldIce : ice;
            if (asked != null && !mute && asked.receive(from, data)) {
                begin();
            }
        } else if (first >= 20 && first <= 63) {
            if (dtls != null) {
                dtls.receive(data);
            }
        } else if (first >= 128 && first <= 191 && data.length >= 12) {
            media.packet(data, nanos);
        }
    }

    private void begin() {
        ViewerIce path = ice;
        if (path == null || dtls != null) {
            return;
        }
        synchronized (this) {
            checked = true;
            if (!facts.speaksDtls) {
                notifyAll();
                return;
            }
            dtls = new ViewerDtls(
                    ViewerIdentity.SHARED,
                    answered().any("fingerprint"),
                    facts.profiles,
                    facts.showsCertificate,
                    datagram -> loop.execute(() -> write(ice == null ? path.remote() : ice.remote(), datagram)),
                    new DtlsNews());
            notifyAll();
        }
    }

    private void send(byte[] compound) {
        if (ice != null && !mute) {
            InetSocketAddress to = ice.remote();
            media.closeRtcp(compound).ifPresent(packet -> write(to, packet));
        }
    }

    private void transmit(InetSocketAddress to, byte[] datagram) {
        write(to, datagram);
    }

    private void write(InetSocketAddress to, byte[] datagram) {
        try {
            if (wire.channel().isOpen()) {
                wire.write(to, datagram);
            }
        } catch (IOException e) {
            // As a network loses it: whoever waits for an answer says so.
        }
    }

    private final class DtlsNews implements ViewerDtls.Listener {
        @Override
        public void keys(int agreed, byte[] keys) {
            loop.execute(() -> {
                keyed = true;
                nextReport = System.nanoTime() + REPORT_NANOS;
                synchronized (RtpViewer.this) {
                    profile = agreed;
                    connectedNanos = System.nanoTime();
                    RtpViewer.this.notifyAll();
                }
                media.keys(agreed, keys);
            });
        }

        @Override
        public void over(String reason) {
            synchronized (RtpViewer.this) {
                over = reason;
                RtpViewer.this.notifyAll();
            }
        }
    }

    private synchronized void changed() {
        notifyAll();
    }

    private static String random(int bytes) {
        byte[] value = new byte[bytes];
        RANDOM.nextBytes(value);
        return HexFormat.of().formatHex(value);
    }
}
