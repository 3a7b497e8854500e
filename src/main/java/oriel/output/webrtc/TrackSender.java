package oriel.output.webrtc;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import oriel.media.MediaKind;
import oriel.media.Track;
import oriel.metrics.Drops;
import oriel.net.MediaLoop;
import oriel.rtp.RtpPacket;
import oriel.stream.Burst;
import oriel.stream.TrackClock;

/**
 * Sends one track to one viewer: its own header and key around each shared packet. A picture begins with the last group,
 * at a pace that the viewer's socket can take, and then follows live; where the way out is full it skips to the next key
 * frame. Belongs to the viewer's loop.
 */
final class TrackSender {
    /** What may leave at once: the socket buffers of browsers hold this much. */
    private static final long PACE_BURST_BYTES = 24_000;

    /** A group of 16 MiB and what comes live while it is sent. */
    private static final int MAX_QUEUED = 32_768;

    private static final Duration PACE_TICK = Duration.ofMillis(1);
    private static final long LEAST_BETWEEN_RESENDS_NANOS = Duration.ofMillis(5).toNanos();
    private static final int MAX_GAP = 1000;
    private static final int MAX_FIRST_SEQUENCE = 1 << 15;
    private static final long NANOS = 1_000_000_000L;

    private final ViewerTransport transport;
    private final MediaLoop loop;
    private final Drops drops;
    private final MediaKind kind;
    private final long paceBytesPerSecond;
    private final int payloadType;
    private final int ssrc;
    private final ViewerTimeline timeline;
    private final SentPackets sent = new SentPackets();
    private final ArrayDeque<RtpPacket> queue = new ArrayDeque<>();

    private @Nullable TrackClock clock;
    private long nextIndex;
    private boolean waitingForKey;
    private boolean keyNextAfterQueue;
    private long skippingSince = -1;
    private MediaLoop.@Nullable Timer pacing;
    private long paceCredit = PACE_BURST_BYTES;
    private long paceAt;
    private long packetsSent;
    private long payloadBytesSent;
    private long lastPts;
    private long lastPtsAt;
    private long lastSequence = Long.MAX_VALUE - 1;

    /**
     * @param firstSequence 0 to 32767, so that the viewer counts roll-overs as we do
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
        this.kind = plan.kind();
        this.payloadType = plan.payloadType();
        this.ssrc = plan.ssrc();
        this.nextIndex = firstSequence;
        this.timeline = new ViewerTimeline(timestampOffset);
        this.paceBytesPerSecond = paceBitsPerSecond / 8;
        this.paceAt = loop.nanoTime();
    }

    int ssrc() {
        return ssrc;
    }

    /** The track begins, or begins anew, with what there is since its last key frame. */
    void start(Track track, TrackClock trackClock, List<RtpPacket> group, boolean complete) {
        clock = trackClock;
        queue.clear();
        if (kind == MediaKind.AUDIO) {
            return;
        }
        waitingForKey = group.isEmpty();
        timeline.replay(group);
        queue.addAll(group);
        keyNextAfterQueue = !complete;
        pump();
    }

    /** The next packets, live. */
    void burst(Burst burst) {
        List<RtpPacket> packets = burst.packets();
        for (int i = 0; i < packets.size(); i++) {
            packet(packets.get(i));
        }
    }

    /** Since when nothing but key frames could leave, or -1. */
    long skippingSince() {
        return skippingSince;
    }

    /** Ends the timers. */
    void stop() {
        queue.clear();
        if (pacing != null) {
            pacing.cancel();
            pacing = null;
        }
    }

    private void packet(RtpPacket packet) {
        if (kind == MediaKind.AUDIO) {
            if (transport.writable()) {
                send(packet);
            } else {
                drops.count("socket-full");
            }
            return;
        }
        if (keyNextAfterQueue && !packet.keyStart()) {
            return;
        }
        keyNextAfterQueue = false;
        if (queue.isEmpty()) {
            live(packet);
        } else if (queue.size() < MAX_QUEUED) {
            queue.add(packet);
        } else {
            skip(queue.size());
            queue.clear();
        }
    }

    private void live(RtpPacket packet) {
        if (waitingForKey && !packet.keyStart()) {
            return;
        }
        if (transport.writable()) {
            waitingForKey = false;
            skippingSince = -1;
            send(packet);
        } else {
            skip(1);
        }
    }

    private void skip(int packets) {
        drops.count("socket-full", packets);
        waitingForKey = true;
        if (skippingSince < 0) {
            skippingSince = loop.nanoTime();
        }
    }

    private void pump() {
        long now = loop.nanoTime();
        paceCredit = Math.min(PACE_BURST_BYTES, paceCredit + (now - paceAt) * paceBytesPerSecond / NANOS);
        paceAt = now;
        while (!queue.isEmpty() && paceCredit > 0) {
            if (!transport.writable()) {
                skip(queue.size());
                queue.clear();
                return;
            }
            RtpPacket packet = queue.poll();
            if (!waitingForKey || packet.keyStart()) {
                waitingForKey = false;
                paceCredit -= packet.length();
                send(packet);
            }
        }
        if (!queue.isEmpty() && pacing == null) {
            pacing = loop.schedule(PACE_TICK, () -> {
                pacing = null;
                pump();
            });
        }
    }

    private void send(RtpPacket packet) {
        int timestamp = (int) timeline.ticks(packet);
        if (!packet.keyStart() && packet.sequence() > lastSequence + 1 && packet.sequence() - lastSequence <= MAX_GAP) {
            nextIndex++; // The viewer's decoder must know that something is missing here.
        }
        lastSequence = packet.sequence();
        long index = nextIndex++;
        sent.add(index, packet, timestamp);
        transport.send(packet, payloadType, ssrc, index, timestamp, false);
        packetsSent++;
        payloadBytesSent += packet.payloadLength();
        lastPts = packet.ptsTicks();
        lastPtsAt = loop.nanoTime();
    }

    /** Sends again what the viewer missed, if it is remembered. */
    void resend(int sequence) {
        long index = sent.indexOf(sequence);
        if (index < 0) {
            drops.count("nack-too-old");
        } else if (sent.mayResend(index, loop.nanoTime(), LEAST_BETWEEN_RESENDS_NANOS)) {
            transport.send(sent.packet(index), payloadType, ssrc, index, sent.timestamp(index), true);
        }
    }

    /** What a sender report says now (RFC 3550, 6.4.1), once something live was sent. */
    Optional<SenderFacts> facts() {
        TrackClock now = clock;
        if (now == null || packetsSent == 0 || !queue.isEmpty()) {
            return Optional.empty();
        }
        long pts = lastPts + (loop.nanoTime() - lastPtsAt) * now.clockRate() / NANOS;
        return Optional.of(new SenderFacts(
                ssrc, now.wallNanos(pts), (int) timeline.liveTicks(pts), packetsSent, payloadBytesSent));
    }

    /**
     * @param wallNanos nanoseconds since 1970 of the moment
     * @param rtpTimestamp the same moment in the viewer's timestamps
     */
    record SenderFacts(int ssrc, long wallNanos, int rtpTimestamp, long packets, long payloadBytes) {}
}
