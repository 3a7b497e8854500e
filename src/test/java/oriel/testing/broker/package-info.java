/** MQTT brokers for tests: a real one inside the test JVM, Debian's mosquitto, one that misbehaves by script; and who listens. */
@NullMarked
package oriel.testing.broker;

import org.jspecify.annotations.NullMarked;
