package oriel.testing.broker;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Another client of a broker, such as Home Assistant: remembers what comes, in its order, and says what it is told to. */
public final class RecordingClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Mqtt5AsyncClient client;
    private final List<Seen> seen = new ArrayList<>(); // guarded by this

    /**
     * A message.
     *
     * @param retained whether the broker had kept it before this client came
     * @param qos 0 to 2
     */
    public record Seen(String topic, byte[] payload, boolean retained, int qos) {
        /** The payload as text. */
        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return topic
                    + (retained ? " (kept) = " : " = ")
                    + (payload.length > 200 ? payload.length + " bytes" : text());
        }
    }

    private RecordingClient(Mqtt5AsyncClient client) {
        this.client = client;
    }

    /** Connects without a login and subscribes. */
    public static RecordingClient on(int port, String... filters) {
        return signedIn(port, "", "", filters);
    }

    /** Connects, with a login if {@code user} is not empty, and subscribes. */
    public static RecordingClient signedIn(int port, String user, String password, String... filters) {
        return as("test-" + UUID.randomUUID().toString().substring(0, 12), port, user, password, filters);
    }

    /** The same under an id of choice. */
    public static RecordingClient as(String id, int port, String user, String password, String... filters) {
        RecordingClient recording = new RecordingClient(MqttClient.builder()
                .identifier(id)
                .serverHost("127.0.0.1")
                .serverPort(port)
                .executorConfig()
                .nettyThreads(1)
                .applyExecutorConfig()
                .useMqttVersion5()
                .buildAsync());
        recording.client.publishes(MqttGlobalPublishFilter.ALL, recording::saw, Runnable::run);
        var connect = recording.client.connectWith().cleanStart(true);
        if (!user.isEmpty()) {
            connect = connect.simpleAuth()
                    .username(user)
                    .password(password.getBytes(StandardCharsets.UTF_8))
                    .applySimpleAuth();
        }
        await(connect.send());
        for (String filter : filters) {
            await(recording
                    .client
                    .subscribeWith()
                    .topicFilter(filter)
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .retainAsPublished(false)
                    .send());
        }
        return recording;
    }

    private synchronized void saw(Mqtt5Publish publish) {
        seen.add(new Seen(
                publish.getTopic().toString(),
                publish.getPayloadAsBytes(),
                publish.isRetain(),
                publish.getQos().getCode()));
        notifyAll();
    }

    /** Says something, at QoS 1. */
    public void publish(String topic, String payload, boolean retain) {
        publish(topic, payload.getBytes(StandardCharsets.UTF_8), retain);
    }

    /** The same with bytes. */
    public void publish(String topic, byte[] payload, boolean retain) {
        await(client.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload)
                .retain(retain)
                .send());
    }

    /** All that came so far. */
    public synchronized List<Seen> seen() {
        return List.copyOf(seen);
    }

    /** What came last on {@code topic}. */
    public synchronized Optional<Seen> last(String topic) {
        return seen.reversed().stream()
                .filter(message -> message.topic().equals(topic))
                .findFirst();
    }

    /** Forgets what came so far. */
    public synchronized void clear() {
        seen.clear();
    }

    /** Waits for a message, one that came before counts; at most 20 s. */
    public synchronized Seen await(Predicate<Seen> wanted) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<Seen> found = seen.stream().filter(wanted).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("not among what came: " + seen);
            }
            wait(left);
        }
    }

    /** Waits for {@code payload} on {@code topic}. */
    public Seen await(String topic, String payload) throws InterruptedException {
        return await(message -> message.topic().equals(topic) && message.text().equals(payload));
    }

    private static <T> T await(java.util.concurrent.CompletableFuture<T> future) {
        return future.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        if (client.getState().isConnected()) {
            await(client.disconnect());
        }
    }
}
