package oriel.homeassistant.discovery;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oriel.base.Bytes;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.base.MalformedException;
import oriel.mqtt.MqttLink;
import oriel.mqtt.MqttStatus;

/** A link that keeps what it is told. Any thread. */
final class FakeLink implements MqttLink {
    private final Map<String, Bytes> values = new LinkedHashMap<>(); // guarded by this, as all below
    private final List<String> said = new ArrayList<>();
    private final List<String> forgotten = new ArrayList<>();
    private int repeats;
    private long looks;
    private boolean connected = true;

    @Override
    public synchronized void retain(Rank rank, String topic, Bytes payload) {
        if (!payload.equals(values.put(topic, payload))) {
            said.add(topic + " " + (rank == Rank.PICTURE ? payload.length() + " bytes" : text(payload)));
            notifyAll();
        }
    }

    @Override
    public synchronized void forget(String topic) {
        values.remove(topic);
        forgotten.add(topic);
        notifyAll();
    }

    @Override
    public synchronized void event(String topic, Bytes payload) {
        said.add(topic + " " + text(payload));
        notifyAll();
    }

    @Override
    public synchronized void repeat() {
        repeats++;
        notifyAll();
    }

    @Override
    public synchronized MqttStatus status() {
        looks++; // Asked for once a look, at its end.
        notifyAll();
        return new MqttStatus(
                connected,
                Instant.EPOCH,
                "broker:1883",
                Optional.empty(),
                new MqttStatus.Counters(1, 0, 0, values.size(), 0, 0));
    }

    synchronized long looks() {
        return looks;
    }

    /** Blocks the test until more than {@code count} looks were made; at most 10 s. */
    synchronized void awaitLooks(long count) throws InterruptedException {
        long end = System.nanoTime() + 10_000_000_000L;
        while (looks <= count) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("nobody looks");
            }
            wait(left);
        }
    }

    synchronized void connected(boolean now) {
        connected = now;
    }

    synchronized List<String> topics() {
        return List.copyOf(values.keySet());
    }

    synchronized Optional<String> value(String topic) {
        return Optional.ofNullable(values.get(topic)).map(FakeLink::text);
    }

    synchronized JsonObject json(String topic) {
        try {
            return (JsonObject) Json.parse(value(topic).orElse("{}"));
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    synchronized List<String> forgotten() {
        return List.copyOf(forgotten);
    }

    synchronized int repeats() {
        return repeats;
    }

    /** What was said since the last call, in order. */
    synchronized List<String> take() {
        List<String> all = List.copyOf(said);
        said.clear();
        return all;
    }

    /** How much was said since the last {@link #take}. */
    synchronized int count() {
        return said.size();
    }

    private static String text(Bytes payload) {
        return new String(payload.toArray(), StandardCharsets.UTF_8);
    }
}
