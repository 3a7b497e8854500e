package oriel.homeassistant.camera;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import oriel.base.MalformedException;

/** The made-up folders. */
final class HassStorage {
    private HassStorage() {}

    static byte[] entries(String generation) throws IOException {
        return bytes(generation + "/.storage/core.config_entries");
    }

    static byte[] registry(String generation) throws IOException {
        return bytes(generation + "/.storage/core.entity_registry");
    }

    static List<HassCamera> cameras(String generation) throws IOException, MalformedException {
        return HassCameras.of(ConfigEntry.readAll(entries(generation)), CameraEntity.readAll(registry(generation)));
    }

    /** A file of entries, each {@code id title stream_source}. */
    static byte[] entriesOf(String... cameras) {
        StringBuilder entries = new StringBuilder();
        for (String camera : cameras) {
            String[] words = camera.split(" ", 3);
            entries.append(entries.isEmpty() ? "" : ",")
                    .append(
                            "{\"entry_id\":\"%s\",\"domain\":\"generic\",\"title\":\"%s\",\"options\":{\"stream_source\":\"%s\"}}"
                                    .formatted((Object[]) words));
        }
        return ("{\"version\":1,\"minor_version\":5,\"data\":{\"entries\":[" + entries + "]}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** A file of cameras, each {@code entry_id entity_id}. */
    static byte[] registryOf(String... cameras) {
        StringBuilder entities = new StringBuilder();
        for (String camera : cameras) {
            String[] words = camera.split(" ", 2);
            entities.append(entities.isEmpty() ? "" : ",")
                    .append(
                            "{\"config_entry_id\":\"%s\",\"unique_id\":\"%s\",\"platform\":\"generic\",\"entity_id\":\"%s\"}"
                                    .formatted(words[0], words[0], words[1]));
        }
        return ("{\"version\":1,\"minor_version\":22,\"data\":{\"entities\":[" + entities + "]}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(HassStorage.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }
}
