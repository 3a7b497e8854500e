/**
 * The link to the MQTT broker: one connection that outlives every broker, keeps the last value of each topic and tells it
 * again, and never holds more than it was given room for. Enter by {@link MqttLink}. The only room that sees the HiveMQ client;
 * MQTT 5 and, where the broker speaks no 5, 3.1.1. Its own threads; media loops are never touched. Imports base, config, metrics.
 */
@NullMarked
package oriel.mqtt;

import org.jspecify.annotations.NullMarked;
