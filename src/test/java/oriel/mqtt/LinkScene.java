package oriel.mqtt;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import oriel.base.Bytes;
import oriel.base.Seams;
import oriel.base.Secret;
import oriel.metrics.Drops;
import oriel.mqtt.MqttLink.Rank;

/** A link for a test, with who listens to it. Its topics begin with {@link #base}, which no other test has. */
final class LinkScene implements AutoCloseable {
    final String base = "t" + UUID.randomUUID().toString().substring(0, 8);
    final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    final BrokerLink link;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Runnable onConnected;

    LinkScene() {
        this(Seams.system(), () -> {});
    }

    LinkScene(Seams seams, Runnable onConnected) {
        this.link = new BrokerLink(seams, threads, new Drops());
        this.onConnected = onConnected;
    }

    /** Starts the link to this broker. */
    LinkScene to(int port) {
        return to(settings("127.0.0.1", port));
    }

    LinkScene to(MqttSettings settings) {
        link.start(new MqttListener() {
            @Override
            public void connected() {
                onConnected.run();
                heard.add("connected");
            }

            @Override
            public void message(MqttMessage message) {
                heard.add(message.topic() + (message.retained() ? " (kept) = " : " = ") + text(message.payload()));
            }
        });
        link.configure(Optional.of(settings));
        return this;
    }

    MqttSettings settings(String host, int port) {
        return settings(host, port, "", "", false, Optional.empty());
    }

    MqttSettings settings(String host, int port, String user, String password, boolean tls, Optional<Path> ca) {
        return new MqttSettings(
                host,
                port,
                user,
                Secret.of(password),
                tls,
                ca,
                "oriel-" + base,
                new MqttSettings.Will(base + "/availability", "offline"),
                List.of(base + "/set/#"));
    }

    void retain(Rank rank, String topic, String payload) {
        link.retain(rank, base + "/" + topic, Bytes.of(payload.getBytes(StandardCharsets.UTF_8)));
    }

    void event(String topic, String payload) {
        link.event(base + "/" + topic, Bytes.of(payload.getBytes(StandardCharsets.UTF_8)));
    }

    /** What the listener hears next. */
    String hears() throws InterruptedException {
        String next = heard.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("the listener hears nothing; the link is " + link.status());
        }
        return next;
    }

    /** Waits until the status is so; at most 20 s. */
    MqttStatus await(Predicate<MqttStatus> wanted) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() - end < 0) {
            MqttStatus now = link.status();
            if (wanted.test(now)) {
                return now;
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        throw new AssertionError("it is " + link.status());
    }

    static String text(Bytes bytes) {
        return new String(bytes.toArray(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        link.close();
        threads.shutdownNow();
    }
}
