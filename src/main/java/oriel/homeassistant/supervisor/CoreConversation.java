package oriel.homeassistant.supervisor;

import java.time.Duration;
import oriel.base.Clock;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.base.JsonValue;
import oriel.base.MalformedException;
import oriel.base.Secret;
import oriel.homeassistant.supervisor.HomeAssistantException.Reason;
import oriel.http.HttpFailure;
import oriel.http.TextSocket;

/**
 * Commands to Core over its WebSocket: {@code auth_required}, {@code auth}, {@code auth_ok}, then numbered commands and
 * their results. All of it ends at one deadline. For one virtual thread; whoever opened it closes it.
 */
final class CoreConversation implements AutoCloseable {
    // Events and results of nobody may stand between; more than some of them is no answer.
    private static final int MAX_OTHERS = 16;

    private final TextSocket socket;
    private final Clock clock;
    private final long end;
    private long lastId;

    private CoreConversation(TextSocket socket, Clock clock, long end) {
        this.socket = socket;
        this.clock = clock;
        this.end = end;
    }

    /** Signs in; takes over {@code socket}, and closes it if Core does not want us. */
    static CoreConversation open(TextSocket socket, Secret token, Clock clock, long end)
            throws HomeAssistantException, InterruptedException {
        CoreConversation conversation = new CoreConversation(socket, clock, end);
        boolean in = false;
        try {
            conversation.signIn(token);
            in = true;
            return conversation;
        } finally {
            if (!in) {
                conversation.close();
            }
        }
    }

    private void signIn(Secret token) throws HomeAssistantException, InterruptedException {
        if (!type(receive()).equals("auth_required")) {
            throw SupervisorClient.broken(SupervisorClient.CORE);
        }
        send(JsonObject.builder()
                .put("type", "auth")
                .put("access_token", token.reveal())
                .build());
        switch (type(receive())) {
            case "auth_ok" -> {}
            case "auth_invalid" ->
                throw new HomeAssistantException(
                        Reason.DENIED, SupervisorClient.CORE + " does not accept the app's token");
            default -> throw SupervisorClient.broken(SupervisorClient.CORE);
        }
    }

    /** The result of a command that needs no parameters, such as {@code config/auth/list}. */
    JsonValue command(String type) throws HomeAssistantException, InterruptedException {
        long id = ++lastId;
        send(JsonObject.builder().put("id", id).put("type", type).build());
        for (int others = 0; others < MAX_OTHERS; others++) {
            JsonObject message = receive();
            if (type(message).equals("result") && message.integer("id").orElse(-1) == id) {
                return result(message);
            }
        }
        throw SupervisorClient.broken(SupervisorClient.CORE);
    }

    private static JsonValue result(JsonObject message) throws HomeAssistantException {
        if (message.bool("success").orElse(false)) {
            return message.member("result").orElseThrow(() -> SupervisorClient.broken(SupervisorClient.CORE));
        }
        String code =
                message.object("error").flatMap(error -> error.string("code")).orElse("");
        throw switch (code) {
            case "unauthorized" ->
                new HomeAssistantException(Reason.DENIED, SupervisorClient.CORE + " does not let the app do this");
            case "unknown_command" ->
                new HomeAssistantException(Reason.ABSENT, SupervisorClient.CORE + " does not know this command");
            default -> SupervisorClient.broken(SupervisorClient.CORE);
        };
    }

    @Override
    public void close() {
        socket.close();
    }

    private static String type(JsonObject message) {
        return message.string("type").orElse("");
    }

    private void send(JsonObject message) throws HomeAssistantException, InterruptedException {
        try {
            socket.send(message.toJson(), left());
        } catch (HttpFailure e) {
            throw SupervisorClient.failure(e, SupervisorClient.CORE);
        }
    }

    private JsonObject receive() throws HomeAssistantException, InterruptedException {
        try {
            String text = socket.receive(left());
            if (Json.parse(text, Math.max(1, text.length())) instanceof JsonObject message) {
                return message;
            }
        } catch (HttpFailure e) {
            throw SupervisorClient.failure(e, SupervisorClient.CORE);
        } catch (MalformedException e) {
            // As what is no object.
        }
        throw SupervisorClient.broken(SupervisorClient.CORE);
    }

    private Duration left() {
        return Duration.ofNanos(Math.max(1, end - clock.nanoTime()));
    }
}
