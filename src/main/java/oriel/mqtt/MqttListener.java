package oriel.mqtt;

/**
 * Who hears of the broker. Called on one thread on which work is allowed, one call after the other; a bounded queue stands
 * in front of it.
 */
public interface MqttListener {
    /** Connected and subscribed; the last values are told again only after this has returned. */
    void connected();

    /** A message came to one of the subscriptions. */
    void message(MqttMessage message);
}
