package oriel.homeassistant.supervisor;

import java.util.Optional;
import oriel.base.JsonObject;
import oriel.base.Secret;

/**
 * The broker that the Supervisor offers its apps ({@code GET /services/mqtt}).
 *
 * @param host name or address
 * @param port 1 to 65535
 * @param username empty if the broker wants none
 * @param password empty if the broker wants none
 * @param tls whether the connection is encrypted
 */
public record MqttService(String host, int port, Optional<String> username, Optional<Secret> password, boolean tls) {
    private static final int MAX_PORT = 65535;

    static MqttService of(JsonObject data) throws HomeAssistantException {
        String host = data.string("host").orElse("");
        long port = data.integer("port").orElse(0);
        if (host.isEmpty() || port < 1 || port > MAX_PORT) {
            throw SupervisorClient.broken(SupervisorClient.SUPERVISOR);
        }
        return new MqttService(
                host,
                (int) port,
                data.string("username").filter(user -> !user.isEmpty()),
                data.string("password").filter(word -> !word.isEmpty()).map(Secret::of),
                data.bool("ssl").orElse(false));
    }
}
