package oriel.stream;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import oriel.metrics.Drops;
import oriel.net.MediaLoop;

/**
 * Carries what one source sends to its viewers on one loop: through a bounded ring with one drain task, or directly if
 * that loop is the source's own. A full ring makes this loop skip to the next key frame; the others notice nothing.
 */
final class LoopFanout {
    /** Bursts that may be on their way to one loop. */
    static final int RING_BURSTS = 256;

    private static final Leg[] NO_LEGS = {};

    private final MediaLoop loop;
    private final boolean atHome;
    private final LoopRing ring = new LoopRing(RING_BURSTS);
    private final AtomicBoolean drainAsked = new AtomicBoolean();
    private final Runnable drain = this::drain;
    private final Drops drops;
    private final BitSet skipping = new BitSet(); // home loop
    private final Map<Integer, RecentPackets> recent = new HashMap<>(); // of the legs' tracks; the viewers' loop
    private Leg[] legs = NO_LEGS; // the viewers' loop

    LoopFanout(MediaLoop home, MediaLoop loop, Drops drops) {
        this.loop = loop;
        this.atHome = home.equals(loop);
        this.drops = drops;
    }

    /** Sends packets on their way; on the home loop. */
    void burst(Burst burst) {
        Burst rest = burst;
        if (skipping.get(burst.track())) {
            int key = burst.keyStart();
            if (key < 0) {
                drops.count("loop-full", burst.packets().size());
                return;
            }
            rest = burst.from(key);
        }
        boolean sent = send(rest);
        skipping.set(burst.track(), !sent);
        if (!sent) {
            drops.count("loop-full", rest.packets().size());
        }
    }

    /**
     * Sends something that must not be lost; on the home loop.
     *
     * @return false if the ring is full: try again soon
     */
    boolean send(LoopItem item) {
        if (atHome) {
            deliver(item);
            return true;
        }
        if (!ring.offer(item)) {
            return false;
        }
        if (drainAsked.compareAndSet(false, true)) {
            loop.execute(drain);
        }
        return true;
    }

    /** Takes {@code leg} off; on the viewers' loop. */
    void remove(Leg leg) {
        int at = Arrays.asList(legs).indexOf(leg);
        if (at >= 0) {
            Leg[] fewer = new Leg[legs.length - 1];
            System.arraycopy(legs, 0, fewer, 0, at);
            System.arraycopy(legs, at + 1, fewer, at, fewer.length - at);
            legs = fewer;
            recent.keySet().removeIf(track -> Arrays.stream(fewer).noneMatch(other -> other.has(track)));
        }
    }

    private void drain() {
        drainAsked.set(false);
        // No more than what is there now: the loop has other work, and a new drain is asked for what comes meanwhile.
        for (int i = 0; i < RING_BURSTS; i++) {
            LoopItem item = ring.poll();
            if (item == null) {
                return;
            }
            deliver(item);
        }
        if (!ring.isEmpty() && drainAsked.compareAndSet(false, true)) {
            loop.execute(drain);
        }
    }

    private void deliver(LoopItem item) {
        // The array is replaced, never changed: a sink may leave while it is being fed.
        Leg[] now = legs;
        switch (item) {
            case Burst burst -> {
                RecentPackets kept = recent.get(burst.track());
                if (kept != null) {
                    kept.add(burst);
                }
                for (Leg leg : now) {
                    leg.burst(burst);
                }
            }
            case LoopItem.Join join -> join(join);
            case LoopItem.Replay replay -> start(replay.leg(), replay.start());
            case LoopItem.Facts facts -> {
                for (Leg leg : now) {
                    leg.facts(facts.facts());
                }
            }
            case LoopItem.End end -> {
                for (Leg leg : now) {
                    if (end.track() < 0 || leg.has(end.track())) {
                        remove(leg);
                        leg.end(end.reason());
                    }
                }
            }
        }
    }

    private void join(LoopItem.Join join) {
        Leg leg = join.leg();
        if (leg.ended()) {
            return;
        }
        Leg[] more = Arrays.copyOf(legs, legs.length + 1);
        more[legs.length] = leg;
        legs = more;
        leg.tracks().forEach(track -> recent.computeIfAbsent(track, id -> new RecentPackets()));
        join.starts().forEach(start -> start(leg, start));
    }

    private void start(Leg leg, LoopItem.Start start) {
        RecentPackets kept = recent.get(start.track().id());
        if (kept != null) {
            leg.start(start, kept);
        }
    }
}
