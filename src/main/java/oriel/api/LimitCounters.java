package oriel.api;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The counters of every bound, by the room that keeps it. Any thread. */
public final class LimitCounters {
    private final Map<String, Supplier<Map<String, Long>>> rooms = new ConcurrentHashMap<>();

    /** Shows the counters of a room under this word. */
    public void add(String room, Supplier<Map<String, Long>> counters) {
        rooms.put(room, counters);
    }

    /** All of them now: room, then reason, then how often. */
    public Map<String, Map<String, Long>> snapshot() {
        Map<String, Map<String, Long>> all = new TreeMap<>();
        rooms.forEach((room, counters) -> all.put(room, counters.get()));
        return all;
    }
}
