package oriel.output.still;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import oriel.media.Track;
import oriel.rtp.RtpPacket;
import oriel.stream.Burst;
import oriel.stream.EndReason;
import oriel.stream.RecentPackets;
import oriel.stream.Sink;
import oriel.stream.TrackClock;
import oriel.stream.TrackFacts;

/**
 * Waits for a group of pictures that has its whole key frame: the cached one, or the next that comes. Copies nothing and
 * reads no payload, for it runs on a media loop. Belongs to one request.
 */
final class KeyFrameSink implements Sink {
    /** Packets of a key frame at most; one of more is waited out. */
    static final int MAX_PACKETS = 16_384;

    private final Optional<RtpPacket> passed;
    private final CompletableFuture<Group> caught = new CompletableFuture<>();
    private final List<RtpPacket> held = new ArrayList<>(); // loop
    private Optional<Track> track = Optional.empty(); // loop
    private boolean complete; // loop
    private volatile boolean mediaSeen; // loop writes

    /** @param passed begins a group that is not wanted */
    KeyFrameSink(Optional<RtpPacket> passed) {
        this.passed = passed;
    }

    /** Completes with the group, on the loop; exceptionally with {@link NoStillException} if the stream ends. */
    CompletableFuture<Group> caught() {
        return caught;
    }

    /** Whether anything came at all. */
    boolean mediaSeen() {
        return mediaSeen;
    }

    @Override
    public void onStart(
            int slot, Track started, TrackClock clock, RecentPackets recent, List<RtpPacket> gop, boolean whole) {
        track = Optional.of(started);
        held.clear();
        if (!gop.isEmpty() && !isPassed(gop.getFirst())) {
            mediaSeen = true;
            held.addAll(gop);
            complete = whole;
            look();
        }
    }

    @Override
    public void onBurst(int slot, Burst burst) {
        if (caught.isDone()) {
            return;
        }
        mediaSeen = true;
        for (RtpPacket packet : burst.packets()) {
            boolean begins = packet.keyStart() && !isPassed(packet);
            if (begins) {
                held.clear();
                complete = true;
            }
            if (begins || (!held.isEmpty() && held.size() < MAX_PACKETS)) {
                held.add(packet);
            }
        }
        look();
    }

    @Override
    public void onFacts(int slot, TrackFacts facts) {
        track = Optional.of(facts.track());
    }

    @Override
    public void onEnd(EndReason reason) {
        caught.completeExceptionally(NoStillException.busy(reason.sentence()));
    }

    private boolean isPassed(RtpPacket packet) {
        return passed.isPresent() && passed.get() == packet;
    }

    private void look() {
        if (!held.isEmpty() && keyFrameIsWhole() && track.isPresent()) {
            caught.complete(new Group(track.get().codec(), held, complete));
            held.clear();
        }
    }

    private boolean keyFrameIsWhole() {
        long pts = held.getFirst().ptsTicks();
        for (RtpPacket packet : held) {
            if (packet.marker() || packet.ptsTicks() != pts) {
                return true;
            }
        }
        return false;
    }
}
