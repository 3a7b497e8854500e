package oriel.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import oriel.base.Bytes;
import oriel.metrics.Drops;
import oriel.mqtt.MqttLink.Rank;

/**
 * What is to be said on each topic, and what of it the broker has not acknowledged yet. A topic has one message on its way at
 * a time, so that of a value that changes while the broker is slow only the newest follows. Any thread.
 */
final class LastValues {
    private final int maxTopics;
    private final long maxBytes;
    private final int maxEvents;
    private final Drops drops;

    // All below: guarded by this.
    private final Map<String, Value> values = new HashMap<>();
    private final Map<Rank, Set<String>> waiting = new EnumMap<>(Rank.class);
    private final ArrayDeque<Outgoing> events = new ArrayDeque<>();
    private long bytes;
    private boolean open;
    private boolean withdrawn;
    private final CompletableFuture<@Nullable Void> emptied = new CompletableFuture<>();
    private long connection;

    /**
     * A message to be published.
     *
     * @param connection the number of the connection it is for
     * @param version of the topic's value; 0 for what is not retained
     */
    record Outgoing(String topic, Bytes payload, boolean retained, long connection, long version) {}

    /** The last value of a topic; an empty one is forgotten as soon as the broker has it. */
    private static final class Value {
        Rank rank;
        Bytes payload;
        long version;
        boolean flying;

        Value(Rank rank, Bytes payload) {
            this.rank = rank;
            this.payload = payload;
        }
    }

    /**
     * @param maxTopics most topics
     * @param maxBytes most bytes of all topics and values together
     * @param maxEvents most events that wait for a broker that is there
     * @param drops counts {@code topics-full} and {@code mqtt-events-full}
     */
    LastValues(int maxTopics, long maxBytes, int maxEvents, Drops drops) {
        this.maxTopics = maxTopics;
        this.maxBytes = maxBytes;
        this.maxEvents = maxEvents;
        this.drops = drops;
        for (Rank rank : Rank.values()) {
            waiting.put(rank, new LinkedHashSet<>());
        }
    }

    /** Takes the topic's new value, if not all was taken back; returns whether there was room. */
    synchronized boolean retain(Rank rank, String topic, Bytes payload) {
        return withdrawn || put(rank, topic, payload);
    }

    private boolean put(Rank rank, String topic, Bytes payload) {
        Value value = values.get(topic);
        if (value != null && value.rank == rank && value.payload.equals(payload)) {
            return true;
        }
        long more = value == null ? size(topic) + payload.length() : payload.length() - value.payload.length();
        boolean full = (value == null && values.size() >= maxTopics) || bytes + more > maxBytes;
        if (full && more > 0) {
            drops.count("topics-full");
            return false;
        }
        bytes += more;
        if (value == null) {
            value = new Value(rank, payload);
            values.put(topic, value);
        } else {
            waiting(value.rank).remove(topic);
            value.rank = rank;
            value.payload = payload;
        }
        changed(topic, value);
        return true;
    }

    /** The topic is to be emptied. */
    synchronized void forget(String topic) {
        Value value = values.get(topic);
        retain(value == null ? Rank.DISCOVERY : value.rank, topic, Bytes.empty());
    }

    /**
     * All topics are to be emptied, and no other value is taken from now on.
     *
     * @return completes when the broker has emptied them, or is gone
     */
    synchronized CompletableFuture<@Nullable Void> withdraw() {
        withdrawn = true;
        List.copyOf(values.entrySet()).forEach(entry -> put(entry.getValue().rank, entry.getKey(), Bytes.empty()));
        tellIfEmptied();
        return emptied.copy();
    }

    private void tellIfEmptied() {
        if (withdrawn && (!open || values.isEmpty())) {
            emptied.complete(null);
        }
    }

    /** Takes an event, if the broker is there and there is room. */
    synchronized void event(String topic, Bytes payload) {
        if (!open) {
            drops.count("event-away");
        } else if (events.size() >= maxEvents) {
            drops.count("mqtt-events-full");
        } else {
            events.add(new Outgoing(topic, payload, false, connection, 0));
        }
    }

    /** A connection is there: everything is to be said. Returns its number. */
    synchronized long open() {
        connection++;
        open = true;
        repeat();
        return connection;
    }

    /** The connection is gone, and with it what was on its way. */
    synchronized void close() {
        open = false;
        drops.count("event-away", events.size());
        events.clear();
        values.values().forEach(value -> value.flying = false);
        tellIfEmptied();
    }

    /** Everything is to be said again. */
    synchronized void repeat() {
        values.forEach(this::changed);
    }

    private void changed(String topic, Value value) {
        value.version++;
        if (!value.flying) {
            waiting(value.rank).add(topic);
        }
    }

    /** What is to be published next over this connection, and is on its way from now on; nothing if that is gone. */
    synchronized Optional<Outgoing> next(long number) {
        if (!open || number != connection) {
            return Optional.empty();
        }
        for (Rank rank : Rank.values()) {
            // Home Assistant must know an event's entity first; behind that it is news.
            if (rank == Rank.STATE && !events.isEmpty()) {
                return Optional.of(events.remove());
            }
            Iterator<String> topics = waiting(rank).iterator();
            if (topics.hasNext()) {
                String topic = topics.next();
                topics.remove();
                Value value = known(topic);
                value.flying = true;
                return Optional.of(new Outgoing(topic, value.payload, true, connection, value.version));
            }
        }
        return Optional.empty();
    }

    /** The broker has it, or does not want it: either way it is not said again until it changes. */
    synchronized void done(Outgoing sent) {
        Value value = values.get(sent.topic());
        if (!sent.retained() || value == null || sent.connection() != connection || !value.flying) {
            return;
        }
        value.flying = false;
        if (value.version != sent.version()) {
            waiting(value.rank).add(sent.topic());
        } else if (value.payload.isEmpty()) {
            values.remove(sent.topic());
            bytes -= size(sent.topic());
        }
        tellIfEmptied();
    }

    /** How many topics there are. */
    synchronized int topics() {
        return values.size();
    }

    /** Bytes of all topics and values. */
    synchronized long bytes() {
        return bytes;
    }

    /** Topics whose value the broker does not have yet. */
    synchronized int unsaid() {
        int flying =
                (int) values.values().stream().filter(value -> value.flying).count();
        return flying + waiting.values().stream().mapToInt(Set::size).sum();
    }

    private Set<String> waiting(Rank rank) {
        return Objects.requireNonNull(waiting.get(rank));
    }

    private Value known(String topic) {
        return Objects.requireNonNull(values.get(topic));
    }

    private static long size(String topic) {
        return topic.getBytes(StandardCharsets.UTF_8).length;
    }
}
