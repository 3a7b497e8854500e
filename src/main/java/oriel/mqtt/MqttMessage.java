package oriel.mqtt;

/**
 * A message from the broker.
 *
 * @param topic where it came to
 * @param payload its bytes, at most {@link MqttSettings#MAX_RECEIVED}; not copied, so read only
 * @param retained whether the broker had kept it, so that it may be of any age
 */
public record MqttMessage(String topic, byte[] payload, boolean retained) {}
