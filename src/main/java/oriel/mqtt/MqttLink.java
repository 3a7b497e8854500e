package oriel.mqtt;

import oriel.base.Bytes;

/**
 * One connection to the broker, and the last value of every topic that is ours: told as it changes, and all of it again
 * after each connect. Any thread, and no call ever waits for the broker.
 */
public interface MqttLink {
    /** In which order retained values are told again after a connect. */
    enum Rank {
        DISCOVERY,
        AVAILABILITY,
        STATE,
        PICTURE
    }

    /**
     * Keeps {@code payload} as the topic's last value and publishes it retained, QoS 1, when there is a broker; replaces
     * one that did not leave yet. Equal to the last one: nothing. What no longer fits is refused, counted and told.
     */
    void retain(Rank rank, String topic, Bytes payload);

    /** The topic is no longer ours: emptied in the broker, at its return if it is away now, and forgotten here. */
    void forget(String topic);

    /** Not retained; QoS 1 while connected, else dropped and counted. */
    void event(String topic, Bytes payload);

    /** Publishes all last values again in order of rank: Home Assistant was born. */
    void repeat();

    /** How it is now. */
    MqttStatus status();
}
