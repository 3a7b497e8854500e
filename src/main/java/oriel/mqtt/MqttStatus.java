package oriel.mqtt;

import java.time.Instant;
import java.util.Optional;

/**
 * How the link is now.
 *
 * @param connected whether the broker answers and everything is subscribed
 * @param since since when it is so
 * @param broker host:port, no login; empty where none is set
 * @param failure why it is not connected, a sentence for the owner; empty while connected and before the first failure
 * @param counters what happened since the start
 */
public record MqttStatus(boolean connected, Instant since, String broker, Optional<String> failure, Counters counters) {
    /**
     * What happened since the start.
     *
     * @param connects how often it was connected
     * @param published messages that the broker has acknowledged
     * @param received messages that came
     * @param topics topics whose last value is kept
     * @param bytes of those values
     * @param waiting topics whose last value has not been acknowledged yet
     */
    public record Counters(long connects, long published, long received, int topics, long bytes, int waiting) {}
}
