package oriel.api;

import java.util.HashMap;
import java.util.Map;

/** How much each of many holds of something, so that none of them has it all. As many entries as there are holders. Any thread. */
final class Shares {
    private final int most;
    private final Map<String, Integer> held = new HashMap<>(); // guarded by this

    /** @param most of one holder */
    Shares(int most) {
        this.most = most;
    }

    int most() {
        return most;
    }

    /** Takes one more, to be given back by {@link #give}; false if this holder has enough. */
    synchronized boolean tryTake(String holder) {
        int now = held.getOrDefault(holder, 0);
        if (now >= most) {
            return false;
        }
        held.put(holder, now + 1);
        return true;
    }

    synchronized void give(String holder) {
        Integer before = held.remove(holder);
        if (before == null) {
            throw new IllegalStateException("given back what nobody took: " + holder);
        }
        if (before > 1) {
            held.put(holder, before - 1);
        }
    }

    /** What whoever has most of it has. */
    synchronized int largest() {
        return held.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }
}
