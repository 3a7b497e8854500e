package oriel.stream;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue from one thread to one other without locks: the home loop offers, the viewers' loop polls.
 */
final class LoopRing {
    private final AtomicReferenceArray<@Nullable LoopItem> slots;
    private final int mask;
    private final AtomicLong head = new AtomicLong(); // next to poll; the consumer writes
    private final AtomicLong tail = new AtomicLong(); // next to fill; the producer writes

    /** @param capacity a power of two */
    LoopRing(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity is not a power of two: " + capacity);
        }
        this.slots = new AtomicReferenceArray<>(capacity);
        this.mask = capacity - 1;
    }

    /** Adds {@code item} unless the ring is full; the producer only. */
    boolean offer(LoopItem item) {
        long at = tail.getPlain();
        if (at - head.getAcquire() > mask) {
            return false;
        }
        slots.setPlain((int) at & mask, item);
        tail.setRelease(at + 1);
        return true;
    }

    /** The oldest item, or null if there is none; the consumer only. */
    @Nullable LoopItem poll() {
        long at = head.getPlain();
        if (at == tail.getAcquire()) {
            return null;
        }
        int slot = (int) at & mask;
        LoopItem item = slots.getPlain(slot);
        slots.setPlain(slot, null);
        head.setRelease(at + 1);
        return item;
    }

    boolean isEmpty() {
        return head.getAcquire() == tail.getAcquire();
    }
}
