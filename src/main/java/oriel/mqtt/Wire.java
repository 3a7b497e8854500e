package oriel.mqtt;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One connection to a broker in one version of MQTT, from its try to its end; never used again. Any thread; nothing blocks.
 * Futures end on the client's own thread, in the broker's order.
 */
interface Wire {
    /** Seconds without a word after which the broker is asked whether it is there, and then gives us up: the will's delay. */
    int KEEP_ALIVE_SECONDS = 10;

    /** Messages that the broker may send before we have dealt with them; MQTT 5 only. */
    int RECEIVE_MAXIMUM = 64;

    /** Such as {@code MQTT 5}. */
    String version();

    /**
     * Connects and signs in; the will stands from then on.
     *
     * @param inbox gets what comes, on the client's own thread
     */
    CompletableFuture<?> connect(Consumer<Incoming> inbox);

    /** Ends with why the connection ended, once it has been there. */
    CompletableFuture<Throwable> ended();

    /** Subscribes at QoS 1; ends by an exception if the broker refuses one of the filters. */
    CompletableFuture<?> subscribe(List<String> filters);

    /** Publishes at QoS 1; ends when the broker has acknowledged it, by an exception if it did not want it. */
    CompletableFuture<?> publish(LastValues.Outgoing message);

    /** Says goodbye. {@code withWill}: the broker shall say the will all the same, where it can be asked to. */
    CompletableFuture<?> disconnect(boolean withWill);

    /**
     * A message that came.
     *
     * @param acknowledge to be called when it was dealt with
     */
    record Incoming(MqttMessage message, Runnable acknowledge) {}
}
