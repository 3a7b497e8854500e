package oriel.config;

import oriel.base.Secret;

/**
 * The MQTT broker ({@code oriel.mqtt}).
 *
 * @param host its name or address; empty: the one that Home Assistant's Supervisor knows, or none; the default
 * @param port 1 to 65535; default 1883, with {@code tls} 8883
 * @param username empty for none; the default
 * @param password of that user; empty for none; the default
 * @param tls whether by TLS, with a certificate that is verified; default false
 * @param ca a PEM file with the certificates that may vouch for the broker, relative to the configuration's folder; empty
 *     for those that this machine trusts; the default
 * @param base what our topics begin with; default {@code oriel}
 * @param discoveryPrefix where Home Assistant looks for devices; default {@code homeassistant}
 */
public record MqttConfig(
        String host,
        int port,
        String username,
        Secret password,
        boolean tls,
        String ca,
        String base,
        String discoveryPrefix) {
    /** What holds where the owner says nothing. */
    public static final MqttConfig STANDARD =
            new MqttConfig("", 1883, "", Secret.of(""), false, "", "oriel", "homeassistant");

    /** Whether a broker is named. */
    public boolean named() {
        return !host.isEmpty();
    }
}
