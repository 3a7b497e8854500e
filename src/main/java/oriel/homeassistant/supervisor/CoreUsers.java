package oriel.homeassistant.supervisor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import oriel.access.HomeUser;
import oriel.access.UserDirectory;
import oriel.access.UserDirectoryException;
import oriel.base.JsonArray;
import oriel.base.JsonObject;
import oriel.base.JsonValue;

/** Home Assistant's users, asked of Core each time ({@code config/auth/list} over its WebSocket). */
final class CoreUsers implements UserDirectory {
    private static final int MAX_CHARS = 200;

    private final SupervisorClient client;

    CoreUsers(SupervisorClient client) {
        this.client = client;
    }

    @Override
    public List<HomeUser> read(Duration patience) throws UserDirectoryException, InterruptedException {
        try (CoreConversation core = client.converse(patience)) {
            if (core.command("config/auth/list") instanceof JsonArray users) {
                return users(users);
            }
            throw SupervisorClient.broken(SupervisorClient.CORE);
        } catch (HomeAssistantException e) {
            throw new UserDirectoryException(e.sentence());
        }
    }

    private static List<HomeUser> users(JsonArray list) throws HomeAssistantException {
        List<HomeUser> users = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (JsonValue item :
                list.items().subList(0, Math.min(MAX_USERS, list.items().size()))) {
            if (!(item instanceof JsonObject object)) {
                throw SupervisorClient.broken(SupervisorClient.CORE);
            }
            user(object).filter(user -> ids.add(user.id())).ifPresent(users::add);
        }
        return users;
    }

    /** Without an id it is nobody. Whatever else is missing is read as the least: no rights, not active. */
    private static Optional<HomeUser> user(JsonObject object) {
        return text(object, "id")
                .filter(id -> !id.isEmpty())
                .map(id -> new HomeUser(
                        id,
                        text(object, "username"),
                        text(object, "name").orElse(""),
                        group(object),
                        object.bool("is_active").orElse(false)));
    }

    private static Optional<String> text(JsonObject object, String name) {
        return object.string(name).filter(text -> text.length() <= MAX_CHARS);
    }

    private static HomeUser.Group group(JsonObject object) {
        if (object.bool("is_owner").orElse(false)) {
            return HomeUser.Group.OWNER;
        }
        return object.strings("group_ids").orElse(List.of()).contains("system-admin")
                ? HomeUser.Group.ADMINISTRATOR
                : HomeUser.Group.OTHER;
    }
}
