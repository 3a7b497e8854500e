package oriel.worker;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import oriel.media.AccessUnit;
import oriel.media.StreamDescription;

/**
 * Access units of one job on their way, bounded in number and bytes. When full, a unit is dropped and with it all of its
 * track until the next key frame; a key frame pushes out what waits of its own track, for it is all that a decoder needs.
 * Everything dropped is counted. Safe on any thread.
 */
public final class UnitFlight {
    /** Units that wait at most. */
    public static final int MAX_UNITS = 64;

    /** Bytes that wait at most; a single larger unit passes when nothing else waits. */
    public static final int MAX_BYTES = 2 << 20;

    private final int maxUnits;
    private final int maxBytes;
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>(); // guarded by this
    private final boolean[] untilKey = new boolean[StreamDescription.MAX_TRACKS]; // guarded by this
    private int bytes; // guarded by this
    private long taken; // guarded by this
    private long dropped; // guarded by this

    public UnitFlight() {
        this(MAX_UNITS, MAX_BYTES);
    }

    /** A flight with other bounds. */
    public UnitFlight(int maxUnits, int maxBytes) {
        this.maxUnits = maxUnits;
        this.maxBytes = maxBytes;
    }

    /** A unit on its way. */
    public record Waiting(int track, AccessUnit unit) {}

    /**
     * Puts a unit behind the others, if there is room.
     *
     * @return whether it was taken; otherwise it was dropped and counted
     */
    public synchronized boolean offer(int track, AccessUnit unit) {
        if (track < 0 || track >= untilKey.length || (untilKey[track] && !unit.key())) {
            dropped++;
            return false;
        }
        if (full(unit) && unit.key()) {
            dropWaiting(track);
        }
        if (full(unit)) {
            untilKey[track] = true;
            dropped++;
            return false;
        }
        untilKey[track] = false;
        queue.addLast(new Waiting(track, unit));
        bytes += unit.size();
        return true;
    }

    /** Takes the unit that has waited longest, if one waits. */
    public synchronized Optional<Waiting> poll() {
        Waiting first = queue.pollFirst();
        if (first == null) {
            return Optional.empty();
        }
        bytes -= first.unit().size();
        taken++;
        return Optional.of(first);
    }

    /** Units dropped so far. */
    public synchronized long dropped() {
        return dropped;
    }

    /** What has passed and what has not. */
    synchronized JobStats stats() {
        return new JobStats(taken, dropped);
    }

    private boolean full(AccessUnit unit) {
        return !queue.isEmpty() && (queue.size() >= maxUnits || bytes + unit.size() > maxBytes);
    }

    private void dropWaiting(int track) {
        for (Iterator<Waiting> waiting = queue.iterator(); waiting.hasNext(); ) {
            Waiting next = waiting.next();
            if (next.track() == track) {
                waiting.remove();
                bytes -= next.unit().size();
                dropped++;
            }
        }
    }
}
