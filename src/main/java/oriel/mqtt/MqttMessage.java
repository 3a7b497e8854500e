package oriel.mqtt;

import oriel.base.Bytes;

/**
 * A message from the broker.
 *
 * @param topic where it came to
 * @param payload its bytes, at most {@link MqttSettings#MAX_RECEIVED}
 * @param retained whether the broker had kept it, so that it may be of any age
 */
public record MqttMessage(String topic, Bytes payload, boolean retained) {}
