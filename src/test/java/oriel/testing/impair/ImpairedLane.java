package oriel.testing.impair;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * One direction of a bad network: packets go in with the time, and come out when it is theirs, if they do. The same seed and
 * the same calls give the same network. Pure; holds at most {@value #MAX_HELD} packets.
 */
public final class ImpairedLane {
    static final int MAX_HELD = 65_536;

    private static final long SECOND = 1_000_000_000L;

    private final Random random;
    private final PriorityQueue<Flying> flying =
            new PriorityQueue<>(Comparator.comparingLong(Flying::at).thenComparingLong(Flying::order));
    private final List<Held> held = new ArrayList<>();
    private Impairment impairment;
    private long order;
    private long begun = -1;
    private long freeAt; // when the slow part has sent what waits
    private long lastAt; // jitter does not reorder
    private long lost;
    private long passed;

    private record Flying(long at, long order, byte[] packet) {}

    private static final class Held {
        final byte[] packet;
        final long latest;
        int behind;

        Held(byte[] packet, int behind, long latest) {
            this.packet = packet;
            this.behind = behind;
            this.latest = latest;
        }
    }

    public ImpairedLane(long seed, Impairment impairment) {
        this.random = new Random(seed);
        this.impairment = impairment;
    }

    /** From now on it is like this; what is on its way stays so. */
    public void impair(Impairment other) {
        impairment = other;
    }

    /** A packet goes in; it is the lane's from now on. */
    public void offer(byte[] packet, long nowNanos) {
        begun = begun < 0 ? nowNanos : begun;
        if (fails(nowNanos) || random.nextDouble() < impairment.loss() || flying.size() + held.size() >= MAX_HELD) {
            lost++;
            return;
        }
        if (impairment.reorderDepth() > 0 && random.nextDouble() < impairment.reordered()) {
            held.add(new Held(packet, impairment.reorderDepth(), nowNanos + SECOND));
            return;
        }
        pass(packet, nowNanos);
        if (random.nextDouble() < impairment.duplicated()) {
            pass(packet, nowNanos);
        }
        release(nowNanos, true);
    }

    // Those whose time has come: enough have passed them, or nothing came for a second.
    private void release(long nowNanos, boolean onePassed) {
        List<Held> due = new ArrayList<>();
        for (Held one : held) {
            one.behind -= onePassed ? 1 : 0;
            if (one.behind <= 0 || nowNanos - one.latest >= 0) {
                due.add(one);
            }
        }
        held.removeAll(due);
        due.forEach(one -> pass(one.packet, nowNanos));
    }

    private boolean fails(long nowNanos) {
        long every = impairment.outageEvery().toNanos();
        // At the end of each period, so that there is a beginning.
        return every > 0
                && (nowNanos - begun) % every >= every - impairment.outage().toNanos();
    }

    private void pass(byte[] packet, long nowNanos) {
        long leaves = nowNanos;
        if (impairment.bitsPerSecond() > 0) {
            long waiting = Math.max(0, freeAt - nowNanos) * impairment.bitsPerSecond() / 8 / SECOND;
            if (waiting + packet.length > impairment.queueBytes()) {
                lost++;
                return;
            }
            leaves = Math.max(nowNanos, freeAt) + packet.length * 8 * SECOND / impairment.bitsPerSecond();
            freeAt = leaves;
        }
        long at = leaves + impairment.delay().toNanos();
        if (!impairment.jitter().isZero()) {
            at = Math.max(lastAt, at + random.nextLong(impairment.jitter().toNanos()));
            lastAt = at;
        }
        flying.add(new Flying(at, order++, packet));
    }

    /** The packets that come out until now, in their order. */
    public List<byte[]> take(long nowNanos) {
        release(nowNanos, false);
        List<byte[]> out = new ArrayList<>();
        while (!flying.isEmpty() && flying.peek().at() - nowNanos <= 0) {
            out.add(flying.poll().packet());
        }
        passed += out.size();
        return out;
    }

    /** When to look again; empty if nothing is on its way. */
    public OptionalLong next() {
        OptionalLong first = flying.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(flying.peek().at());
        OptionalLong late = held.stream().mapToLong(one -> one.latest).min();
        if (first.isEmpty() || late.isEmpty()) {
            return first.isPresent() ? first : late;
        }
        return OptionalLong.of(Math.min(first.getAsLong(), late.getAsLong()));
    }

    /** Packets that vanished. */
    public long lost() {
        return lost;
    }

    /** Packets that came out. */
    public long passed() {
        return passed;
    }
}
