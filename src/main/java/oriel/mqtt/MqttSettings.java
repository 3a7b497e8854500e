package oriel.mqtt;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import oriel.base.Secret;
import oriel.config.MqttConfig;

/**
 * Which broker, as whom, and what for.
 *
 * @param host name or address of the broker
 * @param port 1 to 65535
 * @param user empty for none
 * @param password used with a user only
 * @param tls whether by TLS; the broker's certificate and name are verified always
 * @param ca a PEM file with the certificates that may vouch for the broker, instead of the system's
 * @param clientId who we are to the broker; a second client of this id throws the first one out
 * @param will what the broker says for us when we are gone; retained, QoS 1; also published at a clean end
 * @param subscriptions topic filters, each subscribed at QoS 1
 */
public record MqttSettings(
        String host,
        int port,
        String user,
        Secret password,
        boolean tls,
        Optional<Path> ca,
        String clientId,
        Will will,
        List<String> subscriptions) {
    /** The largest message that is taken from a broker, bytes of the whole packet. */
    public static final int MAX_RECEIVED = 64 * 1024;

    /**
     * What is said for us when we are gone.
     *
     * @param topic such as {@code oriel/availability}
     * @param payload such as {@code offline}
     */
    public record Will(String topic, String payload) {}

    public MqttSettings {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("no host of a broker");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port of the broker is outside of 1 to 65535: " + port);
        }
        subscriptions = List.copyOf(subscriptions);
    }

    /**
     * Those of the configuration.
     *
     * @param config names a broker
     * @param folder what the path of the CA's file is relative to
     * @param clientId who we are to the broker
     * @param subscriptions topic filters
     */
    public static MqttSettings of(MqttConfig config, Path folder, String clientId, List<String> subscriptions) {
        return new MqttSettings(
                config.host(),
                config.port(),
                config.username(),
                config.password(),
                config.tls(),
                Optional.of(config.ca()).filter(ca -> !ca.isEmpty()).map(folder::resolve),
                clientId,
                new Will(config.base() + "/availability", "offline"),
                subscriptions);
    }

    /** host:port, as the log and the status name the broker. */
    public String broker() {
        return (host.indexOf(':') >= 0 ? '[' + host + ']' : host) + ':' + port;
    }
}
