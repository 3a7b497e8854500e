package oriel.output.webrtc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.base.AddressText;
import oriel.media.MediaKind;
import oriel.media.Track;
import oriel.metrics.Drops;
import oriel.net.MediaLoop;
import oriel.peer.Peer;
import oriel.peer.PeerEvents;
import oriel.rtp.NtpTime;
import oriel.rtp.ReceptionReport;
import oriel.rtp.RtcpPacket;
import oriel.rtp.RtcpWriter;
import oriel.rtp.RtpPacket;
import oriel.stream.Burst;
import oriel.stream.Choice;
import oriel.stream.Consumer;
import oriel.stream.ConsumerStatus;
import oriel.stream.EndReason;
import oriel.stream.LiveStream;
import oriel.stream.RecentPackets;
import oriel.stream.Sink;
import oriel.stream.Subscription;
import oriel.stream.TrackClock;
import oriel.stream.TrackFacts;
import oriel.webrtc.ice.IceCredentials;

/**
 * One WebRTC viewer of one stream: from the answered offer on it waits for the viewer to connect, then sends what the hub
 * brings, answers reports and requests, and lets go of the stream when the viewer leaves. Its media side belongs to the
 * loop of its peer; what others call is marked.
 */
public final class WebRtcViewer implements PeerEvents, Sink, Consumer {
    private static final Logger LOG = LoggerFactory.getLogger("webrtc");
    private static final Duration REPORTS = Duration.ofSeconds(1);
    private static final long KEY_REQUEST_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long MAX_SKIPPING_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long LAN_PACE = 100_000_000;
    private static final long INTERNET_PACE = 20_000_000;
    private static final int MAX_RTCP = 1200;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final String TOO_SLOW =
            "This viewer's connection is too slow for the stream: it gets single pictures.";

    private final String id;
    private final LiveStream stream;
    private final Choice choice;
    private final List<TrackPlan> plans;
    private final String cname;
    private final RandomGenerator random;
    private final ViewerListener listener;
    private final Runnable onGone;
    private final Instant since;
    private final List<String> tracks;
    private final String note;
    private final Drops drops;
    private final PacketSender.Totals sentTotals = new PacketSender.Totals();
    private final ReceptionQuality quality = new ReceptionQuality();
    private volatile boolean keyFramesOnly; // the loop writes
    private final Map<Integer, TrackSender> senders = new HashMap<>();
    private final byte[] rtcp = new byte[MAX_RTCP];

    private volatile @Nullable Peer peer; // set before the viewer can connect
    private volatile Optional<Subscription> subscription = Optional.empty(); // the loop writes
    private @Nullable LinkJudge judge;
    private long liveBytes;
    private MediaLoop.@Nullable Timer reports;
    private Optional<Long> lastKeyRequest = Optional.empty();
    private boolean ended;

    WebRtcViewer(
            ViewerSetup setup,
            LiveStream stream,
            Choice choice,
            Drops total,
            ViewerListener listener,
            Runnable onGone) {
        this.drops = new Drops(total, stream::name);
        this.id = setup.id();
        this.plans = setup.plans();
        this.cname = setup.cname();
        this.random = setup.random();
        this.since = setup.since();
        this.note = setup.note();
        this.stream = stream;
        this.choice = choice;
        this.listener = listener;
        this.onGone = onGone;
        this.tracks = choice.tracks().stream()
                .flatMap(Optional::stream)
                .map(facts -> facts.track().toString())
                .toList();
    }

    /** Unique in this process. */
    public String id() {
        return id;
    }

    /** Names the ICE session: another one after each restart (RFC 9725, 4.3.1). Any thread. */
    public String iceName() {
        Peer now = peer;
        return now == null ? "" : now.credentials().ufrag();
    }

    /** The viewer's own name for it. Any thread. */
    public String remoteIceName() {
        Peer now = peer;
        return now == null ? "" : now.remoteName();
    }

    /** The stream that is watched. */
    public String streamName() {
        return stream.name();
    }

    /** Takes a trickled candidate. Any thread. */
    public void addCandidate(String line) {
        Peer now = peer;
        if (now != null) {
            now.addCandidate(line);
        }
    }

    /** The viewer begins ICE anew; gives our new credentials. Any thread. */
    IceCredentials restart(IceCredentials remote) {
        Peer now = peer;
        if (now == null) {
            throw new IllegalStateException("the viewer has not been answered yet");
        }
        return now.restart(remote);
    }

    ViewerListener listener() {
        return listener;
    }

    /** Ends the viewer. Any thread. */
    public void close(String reason) {
        Peer now = peer;
        if (now != null) {
            now.close(reason);
        }
    }

    void peer(Peer opened) {
        peer = opened;
    }

    // ---- from the peer ----

    @Override
    public void connected(Peer now) {
        ViewerTransport way = new PacketSender(now::socket, now::remote, now.protector(), quality, sentTotals);
        MediaLoop loop = now.loop();
        long pace = isNear(now.remote()) ? LAN_PACE : INTERNET_PACE;
        for (TrackPlan plan : plans) {
            senders.put(
                    plan.slot(),
                    new TrackSender(
                            way, loop, drops, plan, random.nextInt(1 << 15), random.nextInt() & 0xFFFF_FFFFL, pace));
        }
        LOG.info(
                "{}: viewer {} connected from {}",
                stream.name(),
                id,
                now.remote().map(AddressText::endpoint).orElse("?"));
        try {
            subscription = Optional.of(stream.subscribe(choice, loop, this, this));
        } catch (IllegalStateException e) {
            drops.count("viewers-full");
            fail(e.getMessage() == null ? "The stream has too many viewers." : e.getMessage());
            return;
        }
        judge = new LinkJudge(loop.nanoTime());
        reports = loop.schedule(REPORTS, this::report);
    }

    @Override
    public void rtcp(List<RtcpPacket> packets) {
        for (RtcpPacket packet : packets) {
            switch (packet) {
                case RtcpPacket.ReceiverReport report -> report.reports().forEach(this::quality);
                case RtcpPacket.SenderReport report -> report.reports().forEach(this::quality);
                case RtcpPacket.Nack nack -> nacked(nack);
                case RtcpPacket.Pli pli -> keyFrame(pli.mediaSsrc());
                case RtcpPacket.Fir fir -> fir.requests().forEach(request -> keyFrame(request.ssrc()));
                case RtcpPacket.TransportFeedback feedback -> arrived(feedback);
                case RtcpPacket.SourceDescription d -> {}
                case RtcpPacket.Bye b -> {}
                case RtcpPacket.Remb r -> {}
                case RtcpPacket.Other o -> {}
            }
        }
    }

    @Override
    public void ended(String reason) {
        if (ended) {
            return;
        }
        ended = true;
        if (reports != null) {
            reports.cancel();
        }
        senders.values().forEach(TrackSender::stop);
        subscription.ifPresentOrElse(Subscription::close, choice::close);
        LOG.info("{}: viewer {} gone, {}", stream.name(), id, reason);
        onGone.run();
        listener.ended();
    }

    // ---- from the hub ----

    @Override
    public void onStart(
            int slot, Track track, TrackClock clock, RecentPackets recent, List<RtpPacket> gop, boolean complete) {
        TrackSender sender = senders.get(slot);
        if (sender != null && !ended) {
            sender.start(clock, recent, gop, complete);
        }
    }

    @Override
    public void onBurst(int slot, Burst burst) {
        TrackSender sender = senders.get(slot);
        if (sender != null && !ended) {
            sender.burst(burst);
        }
    }

    @Override
    public void onFacts(int slot, TrackFacts facts) {
        if (facts.reordersPictures()) {
            fail(WebRtcOutput.reorders());
        }
    }

    @Override
    public void onEnd(EndReason reason) {
        fail(reason.sentence());
    }

    /** How the viewer is; any thread. */
    @Override
    public ConsumerStatus status() {
        Peer now = peer;
        Map<String, Long> dropped = new HashMap<>(drops.snapshot());
        String remote = "";
        if (now != null) {
            dropped.putAll(now.drops());
            remote = now.remote().map(AddressText::endpoint).orElse("");
        }
        return new ConsumerStatus(
                id,
                "webrtc",
                remote,
                since,
                tracks,
                sentTotals.bytes(),
                quality.loss(),
                quality.rttMillis(),
                sentTotals.repeated(),
                keyFramesOnly,
                dropped,
                keyFramesOnly ? (note.isEmpty() ? TOO_SLOW : note + " " + TOO_SLOW) : note);
    }

    private void report() {
        Peer now = peer;
        if (ended || now == null) {
            return;
        }
        MediaLoop loop = now.loop();
        List<TrackSender.SenderFacts> facts = new ArrayList<>();
        for (TrackSender sender : senders.values()) {
            sender.facts().ifPresent(facts::add);
            long skipping = sender.skippingSince();
            if (skipping >= 0 && loop.nanoTime() - skipping > MAX_SKIPPING_NANOS) {
                fail("This viewer's connection could not take the picture for 10 s.");
                return;
            }
        }
        sendReports(now, facts, loop.nanoTime());
        judge(loop.nanoTime());
        reports = loop.schedule(REPORTS, this::report);
    }

    private void sendReports(Peer now, List<TrackSender.SenderFacts> facts, long nowNanos) {
        if (facts.isEmpty()) {
            return;
        }
        RtcpWriter writer = new RtcpWriter(rtcp, 0);
        for (TrackSender.SenderFacts fact : facts) {
            NtpTime time = NtpTime.of(Instant.ofEpochSecond(0, fact.wallNanos()));
            writer.senderReport(
                    fact.ssrc(), time, fact.rtpTimestamp() & 0xFFFF_FFFFL, fact.packets(), fact.payloadBytes());
            writer.cname(fact.ssrc(), cname);
            quality.sent(time, nowNanos);
        }
        now.sendRtcp(rtcp, writer.length());
    }

    // Sees once a second whether the way carries what we send.
    private void judge(long nowNanos) {
        LinkEvidence evidence = quality.second(nowNanos);
        long before = liveBytes;
        liveBytes = 0;
        for (TrackSender sender : senders.values()) {
            liveBytes += sender.plan().kind() == MediaKind.VIDEO ? sender.liveBytes() : 0;
        }
        LinkJudge now = judge;
        if (now == null || liveBytes == 0) {
            return;
        }
        boolean keys = now.judge(evidence, (liveBytes - before) * Byte.SIZE, nowNanos);
        if (keys != keyFramesOnly) {
            keyFramesOnly = keys;
            LOG.info(
                    "{}: viewer {} gets {} ({} % lost, {} ms behind)",
                    stream.name(),
                    id,
                    keys ? "key frames only, for its connection is too slow" : "all pictures again",
                    Math.round(evidence.loss() * 100),
                    Math.round(evidence.standingMillis()));
        }
        for (TrackSender sender : senders.values()) {
            if (keys) {
                sender.keyFramesOnly(now.pace());
            } else {
                sender.allFrames();
            }
        }
    }

    private void arrived(RtcpPacket.TransportFeedback feedback) {
        Peer now = peer;
        if (now != null) {
            quality.feedback(feedback.arrivals(), now.loop().nanoTime());
        }
    }

    private void quality(ReceptionReport report) {
        Peer now = peer;
        for (TrackPlan plan : plans) {
            if (now != null && plan.ssrc() == report.ssrc()) {
                quality.report(
                        report, plan.kind() == MediaKind.VIDEO, now.loop().nanoTime());
            }
        }
    }

    private void nacked(RtcpPacket.Nack nack) {
        long roundTrip = (long) (quality.rttMillis().orElse(0) * NANOS_PER_MILLI);
        for (TrackSender sender : senders.values()) {
            if (sender.plan().ssrc() == nack.mediaSsrc()) {
                sender.resend(nack.sequences(), roundTrip);
            }
        }
    }

    private void keyFrame(int ssrc) {
        Peer now = peer;
        for (TrackPlan plan : plans) {
            if (plan.ssrc() != ssrc || plan.kind() != MediaKind.VIDEO || now == null) {
                continue;
            }
            if (keyFramesOnly) {
                // It gets the next one anyway, and a camera that is asked sends it to all.
                drops.count("key-request-slow-link");
                return;
            }
            long nanos = now.loop().nanoTime();
            if (lastKeyRequest.isPresent() && nanos - lastKeyRequest.get() < KEY_REQUEST_NANOS) {
                drops.count("key-request-too-soon");
                return;
            }
            lastKeyRequest = Optional.of(nanos);
            subscription.ifPresent(s -> s.requestKeyFrame(plan.slot()));
        }
    }

    private void fail(String sentence) {
        if (!ended) {
            stream.note(sentence);
            listener.failed(sentence);
            close(sentence);
        }
    }

    private static boolean isNear(Optional<InetSocketAddress> remote) {
        if (remote.isEmpty()) {
            return false;
        }
        InetAddress address = remote.get().getAddress();
        boolean uniqueLocal = address.getAddress().length == 16 && (address.getAddress()[0] & 0xFE) == 0xFC;
        return address.isSiteLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || uniqueLocal;
    }
}
