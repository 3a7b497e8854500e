package oriel.testing.homeassistant;

import java.util.UUID;
import oriel.base.JsonArray;
import oriel.base.JsonNull;
import oriel.base.JsonObject;
import oriel.base.JsonString;

/** One of Home Assistant's users. */
public record FakeUser(String id, String username, String name, boolean owner, String group, boolean active) {
    public static FakeUser owner(String name) {
        return new FakeUser(id(name), name, name, true, "system-admin", true);
    }

    public static FakeUser admin(String name) {
        return new FakeUser(id(name), name, name, false, "system-admin", true);
    }

    public static FakeUser user(String name) {
        return new FakeUser(id(name), name, name, false, "system-users", true);
    }

    /** The id that a user of this name has here. */
    public static String id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }

    JsonObject json() {
        return JsonObject.builder()
                .put("id", id)
                .put("username", username.isEmpty() ? new JsonNull() : new JsonString(username))
                .put("name", name)
                .put("is_owner", owner)
                .put("is_active", active)
                .put("local_only", false)
                .put("system_generated", false)
                .put("group_ids", JsonArray.of(new JsonString(group)))
                .put(
                        "credentials",
                        JsonArray.of(JsonObject.builder()
                                .put("type", "homeassistant")
                                .build()))
                .build();
    }
}
