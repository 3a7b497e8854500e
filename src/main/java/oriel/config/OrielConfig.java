package oriel.config;

import java.util.List;

/**
 * Our own section ({@code oriel}).
 *
 * @param demo whether the demo camera is there while nothing else is; default true
 * @param data the folder for state, password and keys, as written; relative to the configuration's folder; empty if it is
 *     not named; the default
 * @param hosts further Host names that are accepted without a login, in lower case; {@code *.} at the start stands for any
 *     name below; default none
 * @param access who may do what
 * @param ingress the door through Home Assistant's front end
 * @param mqtt the MQTT broker
 * @param probe how cameras that nobody watches are asked whether they are there
 */
public record OrielConfig(
        boolean demo,
        String data,
        List<String> hosts,
        AccessConfig access,
        IngressConfig ingress,
        MqttConfig mqtt,
        ProbeConfig probe) {
    public OrielConfig {
        hosts = List.copyOf(hosts);
    }
}
