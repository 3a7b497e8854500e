package oriel.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import oriel.base.JsonArray;
import oriel.base.JsonObject;
import oriel.base.JsonValue;
import oriel.metrics.Drops;
import oriel.metrics.Limit;

/** The bounds of all rooms, and what each room threw away since the start, viewers and cameras together. Any thread. */
public final class LimitCounters {
    private final Drops http = new Drops();
    private final List<Supplier<List<Limit>>> limits = new CopyOnWriteArrayList<>();
    private final Map<String, Drops> rooms = new ConcurrentHashMap<>();

    public LimitCounters() {
        drops("api", http);
    }

    /** What the doors refuse and throw away. */
    public Drops http() {
        return http;
    }

    /** Shows the bounds of a room, asked for each time. */
    public void limits(Supplier<List<Limit>> described) {
        limits.add(described);
    }

    /** Shows what a room threw away under this word. */
    public void drops(String room, Drops drops) {
        rooms.put(room, drops);
    }

    /** {@code {"limits":[{name, bound, unit, whenFull, filled?, counts}], "drops":{room: {reason: times}}}}. */
    JsonObject json() {
        List<JsonValue> bounds = new ArrayList<>();
        limits.forEach(room -> room.get().forEach(limit -> bounds.add(json(limit))));
        JsonObject.Builder drops = JsonObject.builder();
        new TreeMap<>(rooms).forEach((room, thrown) -> drops.put(room, json(thrown.snapshot())));
        return JsonObject.builder()
                .put("limits", new JsonArray(bounds))
                .put("drops", drops.build())
                .build();
    }

    private static JsonObject json(Limit limit) {
        JsonObject.Builder json = JsonObject.builder()
                .put("name", limit.name())
                .put("bound", limit.bound())
                .put("unit", limit.unit())
                .put("whenFull", limit.whenFull());
        limit.filled().ifPresent(filled -> json.put("filled", filled));
        return json.put("counts", json(limit.counts())).build();
    }

    private static JsonObject json(Map<String, Long> counts) {
        JsonObject.Builder json = JsonObject.builder();
        counts.forEach(json::put);
        return json.build();
    }
}
