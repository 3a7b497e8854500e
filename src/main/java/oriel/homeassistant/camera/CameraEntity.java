package oriel.homeassistant.camera;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.base.JsonValue;
import oriel.base.MalformedException;

/**
 * One camera of Home Assistant, as {@code .storage/core.entity_registry} holds it. Owners rename these, so its id never
 * follows from a title.
 *
 * @param entityId {@code camera.front_door}
 * @param platform the integration that brings it: {@code generic}
 * @param uniqueId by which the integration knows it
 * @param disabled whether it is switched off
 */
record CameraEntity(String entityId, String platform, String uniqueId, boolean disabled) {
    /** Most bytes of the file; ten thousand entities have a quarter of it. */
    static final int MAX_BYTES = 64 * 1024 * 1024;

    private static final String DOMAIN = "camera.";
    private static final int MAX_CAMERAS = 4096;

    /**
     * The cameras of each entry of the file, by the entry's id. Deleted ones stand elsewhere in the file.
     *
     * @throws MalformedException if it is no such file, or not whole
     */
    static Map<String, List<CameraEntity>> readAll(byte[] utf8) throws MalformedException {
        Map<String, List<CameraEntity>> cameras = new HashMap<>();
        boolean there = Json.forEachItem(utf8, MAX_BYTES, List.of("data", "entities"), entity -> read(entity, cameras));
        if (!there) {
            throw new MalformedException("no data.entities");
        }
        return cameras;
    }

    private static void read(JsonValue item, Map<String, List<CameraEntity>> cameras) {
        if (!(item instanceof JsonObject entity) || cameras.size() >= MAX_CAMERAS) {
            return;
        }
        Optional<String> entry = entity.string("config_entry_id");
        Optional<String> id = entity.string("entity_id")
                .filter(text -> text.startsWith(DOMAIN) && text.matches("camera\\.[a-z0-9_]{1,200}"));
        if (entry.isEmpty() || id.isEmpty()) {
            return;
        }
        cameras.computeIfAbsent(entry.get(), e -> new ArrayList<>())
                .add(new CameraEntity(
                        id.get(),
                        entity.string("platform").orElse(""),
                        entity.string("unique_id").orElse(""),
                        ConfigEntry.isSet(entity, "disabled_by")));
    }
}
