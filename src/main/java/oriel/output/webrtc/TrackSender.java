package oriel.output.webrtc;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import oriel.media.MediaKind;
import oriel.metrics.Drops;
import oriel.net.MediaLoop;
import oriel.rtp.RtpPacket;
import oriel.stream.Burst;
import oriel.stream.RecentPackets;
import oriel.stream.TrackClock;

/**
 * Sends one track to one viewer: its own header and key around each shared packet. A picture begins with the last group,
 * at a pace that the viewer's socket can take, and then follows live; where the way out is full it skips to the next key
 * frame, and on a way that carries too little it sends key frames only. Belongs to the viewer's loop.
 */
final class TrackSender {
    /** What may leave at once: the socket buffers of browsers hold this much. */
    private static final long PACE_BURST_BYTES = 24_000;

    // On a slow way: a few packets, or what goes in a hundredth of a second.
    private static final long KEYS_BURST_BYTES = 2_400;
    private static final long KEYS_BURSTS_PER_SECOND = 100;

    /** A group of 16 MiB and what comes live while it is sent. */
    private static final int MAX_QUEUED = 32_768;

    private static final long PACE_TICK_NANOS = Duration.ofMillis(1).toNanos();
    private static final int MAX_GAP = 1000;
    private static final int MAX_FIRST_SEQUENCE = 1 << 15;
    private static final long NANOS = 1_000_000_000L;

    private final ViewerTransport transport;
    private final MediaLoop loop;
    private final Drops drops;
    private final TrackPlan plan;
    private final MediaKind kind;
    private final long fullPace; // bytes a second
    private final ViewerTimeline timeline;
    private final SentPackets sent = new SentPackets();
    private final Resends resends;
    private final ArrayDeque<RtpPacket> queue = new ArrayDeque<>();

    private @Nullable TrackClock clock;
    private @Nullable RecentPackets recent;
    private long nextIndex;
    private long nextRepetition;
    private boolean waitingForKey;
    private boolean keyNextAfterQueue;
    private long skippingSince = -1;
    private MediaLoop.@Nullable Timer pacing;
    private long pace; // bytes a second
    private long paceCredit = PACE_BURST_BYTES;
    private long paceAt;
    private boolean keysOnly;
    private boolean inKey;
    private long liveBytes;
    private long packetsSent;
    private long payloadBytesSent;
    private long lastPts;
    private long lastPtsAt;
    private long lastSequence = Long.MAX_VALUE - 1;

    /**
     * @param firstSequence 0 to 32767, so that the viewer counts roll-overs as we do; of its repetitions too
     * @param timestampOffset 0 to 2^32
     * @param paceBitsPerSecond what a replayed group is sent at: a browser's socket loses packets of an unpaced burst
     */
    TrackSender(
            ViewerTransport transport,
            MediaLoop loop,
            Drops drops,
            TrackPlan plan,
            int firstSequence,
            long timestampOffset,
            long paceBitsPerSecond) {
        if (firstSequence < 0 || firstSequence >= MAX_FIRST_SEQUENCE) {
            throw new IllegalArgumentException("first sequence number out of range: " + firstSequence);
        }
        this.transport = transport;
        this.loop = loop;
        this.drops = drops;
        this.plan = plan;
        this.kind = plan.kind();
        this.nextIndex = firstSequence;
        this.nextRepetition = firstSequence;
        this.resends = new Resends(sent, drops);
        this.timeline = new ViewerTimeline(timestampOffset);
        this.fullPace = paceBitsPerSecond / 8;
        this.pace = fullPace;
        this.paceAt = loop.nanoTime();
    }

    TrackPlan plan() {
        return plan;
    }

    /**
     * The track begins, or begins anew.
     *
     * @param live where the packets of bursts are found as long as they may be asked for
     * @param group what there is since the last key frame
     */
    void start(TrackClock trackClock, RecentPackets live, List<RtpPacket> group, boolean complete) {
        clock = trackClock;
        recent = live;
        sent.from(live);
        queue.clear();
        if (kind == MediaKind.AUDIO) {
            return;
        }
        waitingForKey = group.isEmpty();
        List<RtpPacket> replayed = keysOnly ? firstPicture(group) : group;
        timeline.replay(replayed);
        queue.addAll(replayed);
        keyNextAfterQueue = !complete;
        inKey = false;
        pump();
    }

    /** The next packets, live: the last ones of {@link RecentPackets}. */
    void burst(Burst burst) {
        RecentPackets live = recent;
        if (live == null) {
            return; // The track has not begun.
        }
        List<RtpPacket> packets = burst.packets();
        long first = live.end() - packets.size();
        long now = loop.nanoTime();
        for (int i = 0; i < packets.size(); i++) {
            packet(packets.get(i), first + i, now);
        }
    }

    /**
     * From now on only key frames, and those slowly, for the way to the viewer carries no more; sound goes on.
     *
     * @param bitsPerSecond their pace
     */
    void keyFramesOnly(long bitsPerSecond) {
        if (kind == MediaKind.AUDIO) {
            return;
        }
        if (!keysOnly) {
            keysOnly = true;
            inKey = false;
            queue.clear();
            resends.clear();
        }
        pace = bitsPerSecond / 8;
    }

    /** All pictures again, from the next key frame on. */
    void allFrames() {
        if (keysOnly) {
            keysOnly = false;
            keyNextAfterQueue = true;
            pace = fullPace;
        }
    }

    /** Bytes of the track so far, sent or not. */
    long liveBytes() {
        return liveBytes;
    }

    /** Since when nothing but key frames could leave, or -1. */
    long skippingSince() {
        return skippingSince;
    }

    /** Ends the timers. */
    void stop() {
        queue.clear();
        resends.clear();
        if (pacing != null) {
            pacing.cancel();
            pacing = null;
        }
    }

    private void packet(RtpPacket packet, long place, long now) {
        liveBytes += packet.length();
        if (kind == MediaKind.AUDIO) {
            if (transport.writable()) {
                sendLive(packet, place, now);
            } else {
                drops.count(reason());
            }
            return;
        }
        if (keysOnly) {
            keyPacket(packet);
            return;
        }
        if (keyNextAfterQueue && !packet.keyStart()) {
            return;
        }
        keyNextAfterQueue = false;
        if (queue.isEmpty()) {
            live(packet, place, now);
        } else if (queue.size() < MAX_QUEUED) {
            queue.add(packet);
        } else {
            skip(queue.size());
            queue.clear();
        }
    }

    // A key frame that comes while the one before is still under way is left out too.
    private void keyPacket(RtpPacket packet) {
        if (packet.keyStart()) {
            inKey = queue.isEmpty();
        }
        if (!inKey) {
            drops.count("slow-link");
            return;
        }
        inKey = !packet.marker();
        queue.add(packet);
        pump();
    }

    private static List<RtpPacket> firstPicture(List<RtpPacket> group) {
        int end = 0;
        while (end < group.size() && !group.get(end).marker()) {
            end++;
        }
        return group.subList(0, Math.min(end + 1, group.size()));
    }

    private void live(RtpPacket packet, long place, long now) {
        if (waitingForKey && !packet.keyStart()) {
            return;
        }
        if (transport.writable()) {
            waitingForKey = false;
            skippingSince = -1;
            sendLive(packet, place, now);
        } else {
            skip(1);
        }
    }

    // A connection that its other end has closed is full of nothing.
    private String reason() {
        return transport.open() ? "socket-full" : "way-closed";
    }

    private void skip(int packets) {
        drops.count(reason(), packets);
        waitingForKey = true;
        if (skippingSince < 0) {
            skippingSince = loop.nanoTime();
        }
    }

    private void pump() {
        long now = loop.nanoTime();
        long burst = keysOnly ? Math.max(KEYS_BURST_BYTES, pace / KEYS_BURSTS_PER_SECOND) : PACE_BURST_BYTES;
        paceCredit = Math.min(burst, paceCredit + (now - paceAt) * pace / NANOS);
        paceAt = now;
        pumpResends(now);
        while (!queue.isEmpty() && paceCredit > 0) {
            if (!transport.writable()) {
                skip(queue.size());
                queue.clear();
                return;
            }
            RtpPacket packet = queue.poll();
            if (!waitingForKey || packet.keyStart()) {
                waitingForKey = false;
                skippingSince = -1;
                paceCredit -= packet.length();
                sendQueued(packet, now);
            }
        }
        if (!(queue.isEmpty() && resends.isEmpty()) && pacing == null) {
            long debt = Math.max(0, -paceCredit) * NANOS / pace;
            pacing = loop.schedule(Duration.ofNanos(Math.max(PACE_TICK_NANOS, debt)), () -> {
                pacing = null;
                pump();
            });
        }
    }

    // First, for what follows cannot be shown without them.
    private void pumpResends(long now) {
        while (paceCredit > 0 && !resends.isEmpty() && transport.writable()) {
            long index = resends.next();
            if (index >= 0) {
                SentPackets.Sent again = sent.packet(index);
                paceCredit -= again.packet().length();
                sendAgain(again, index, now);
            }
        }
    }

    private void sendLive(RtpPacket packet, long place, long now) {
        int timestamp = (int) timeline.ticks(packet);
        long index = nextIndex(packet);
        sent.addLive(index, packet, place, timestamp);
        send(packet, index, timestamp, now);
    }

    private void sendQueued(RtpPacket packet, long now) {
        int timestamp = (int) timeline.ticks(packet);
        long index = nextIndex(packet);
        sent.addOwn(index, packet, timestamp);
        send(packet, index, timestamp, now);
    }

    private long nextIndex(RtpPacket packet) {
        if (!packet.keyStart() && packet.sequence() > lastSequence + 1 && packet.sequence() - lastSequence <= MAX_GAP) {
            nextIndex++; // The viewer's decoder must know that something is missing here.
        }
        lastSequence = packet.sequence();
        return nextIndex++;
    }

    private void send(RtpPacket packet, long index, int timestamp, long now) {
        transport.send(plan, packet, index, timestamp, false, now);
        packetsSent++;
        payloadBytesSent += packet.payloadLength();
        lastPts = packet.ptsTicks();
        lastPtsAt = now;
    }

    private void sendAgain(SentPackets.Sent again, long index, long now) {
        RtpPacket packet = again.packet();
        if (plan.repetition().isPresent()) {
            transport.repeat(plan, packet, nextRepetition++, again.timestamp(), (int) index & 0xFFFF, now);
        } else {
            transport.send(plan, packet, index, again.timestamp(), true, now);
        }
    }

    /**
     * Sends again what the viewer missed, as far as it is remembered and within what {@link Resends} allows.
     *
     * @param sequences 16 bits each
     * @param roundTripNanos 0 if not known
     */
    void resend(List<Integer> sequences, long roundTripNanos) {
        long now = loop.nanoTime();
        for (int sequence : sequences) {
            resends.ask(sequence, payloadBytesSent, now, roundTripNanos);
        }
        pump();
    }

    /** What a sender report says now (RFC 3550, 6.4.1), once something live was sent. */
    Optional<SenderFacts> facts() {
        TrackClock now = clock;
        if (now == null || packetsSent == 0 || !queue.isEmpty()) {
            return Optional.empty();
        }
        long pts = lastPts + (loop.nanoTime() - lastPtsAt) * now.clockRate() / NANOS;
        return Optional.of(new SenderFacts(
                plan.ssrc(), now.wallNanos(pts), (int) timeline.liveTicks(pts), packetsSent, payloadBytesSent));
    }

    /**
     * @param wallNanos nanoseconds since 1970 of the moment
     * @param rtpTimestamp the same moment in the viewer's timestamps
     */
    record SenderFacts(int ssrc, long wallNanos, int rtpTimestamp, long packets, long payloadBytes) {}
}
