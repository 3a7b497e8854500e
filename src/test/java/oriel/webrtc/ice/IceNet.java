package oriel.webrtc.ice;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Random;

/** A network in memory under virtual time: delays, loses and carries datagrams between nodes, and ticks their agents when due. */
final class IceNet {
    // Far from 0 and about to overflow, as the clock of a machine may be.
    static final long START = Long.MAX_VALUE - Duration.ofSeconds(10).toNanos();

    private final Random random;
    private final PriorityQueue<Datagram> underWay =
            new PriorityQueue<>(Comparator.comparingLong(Datagram::dueIn).thenComparingLong(Datagram::order));
    private final Map<InetSocketAddress, Node> nodes = new HashMap<>();
    private final List<Node> all = new ArrayList<>();
    private long elapsed;
    private long order;
    private Duration delay = Duration.ofMillis(1);
    private Duration jitter = Duration.ZERO;
    private double loss;

    IceNet(long seed) {
        random = new Random(seed);
    }

    /** What sits at an address. */
    interface Node {
        void receive(IcePath path, byte[] data);

        /** Does what is due; says when to come again. */
        OptionalLong tick();
    }

    long now() {
        return START + elapsed;
    }

    /** Since the start. */
    Duration elapsed() {
        return Duration.ofNanos(elapsed);
    }

    void delay(Duration least, Duration more) {
        delay = least;
        jitter = more;
    }

    void loss(double share) {
        loss = share;
    }

    void attach(InetSocketAddress address, Node node) {
        nodes.put(address, node);
        if (!all.contains(node)) {
            all.add(node);
        }
    }

    void detach(InetSocketAddress address) {
        nodes.remove(address);
    }

    /** A datagram from {@code from}; nobody at {@code path}'s address, or bad luck, and it is gone. */
    void send(InetSocketAddress from, IcePath path, byte[] data) {
        if (random.nextDouble() < loss) {
            return;
        }
        long wait = delay.toNanos() + (jitter.isZero() ? 0 : random.nextLong(jitter.toNanos()));
        underWay.add(new Datagram(elapsed + wait, order++, from, path, data));
    }

    void run(Duration duration) {
        runUntil(elapsed + duration.toNanos());
    }

    /** Runs to this time since the start. */
    void runTo(Duration time) {
        runUntil(time.toNanos());
    }

    private void runUntil(long end) {
        int idle = 0;
        while (true) {
            long next = nextTick();
            if (!underWay.isEmpty()) {
                next = Math.min(next, underWay.element().dueIn());
            }
            if (next > end) {
                elapsed = end;
                return;
            }
            idle = next > elapsed ? 0 : idle + 1;
            if (idle > 10_000) {
                throw new AssertionError("time stands still at " + elapsed());
            }
            elapsed = Math.max(elapsed, next);
            deliver();
        }
    }

    private void deliver() {
        while (!underWay.isEmpty() && underWay.element().dueIn() <= elapsed) {
            Datagram datagram = underWay.remove();
            Node node = nodes.get(datagram.path().remote());
            if (node != null) {
                node.receive(
                        new IcePath(datagram.path().transport(), Optional.empty(), datagram.from()), datagram.data());
            }
        }
        all.forEach(Node::tick);
    }

    private long nextTick() {
        long next = Long.MAX_VALUE;
        for (Node node : all) {
            OptionalLong deadline = node.tick();
            if (deadline.isPresent()) {
                next = Math.min(next, elapsed + deadline.getAsLong() - now());
            }
        }
        return next;
    }

    private record Datagram(long dueIn, long order, InetSocketAddress from, IcePath path, byte[] data) {}
}
