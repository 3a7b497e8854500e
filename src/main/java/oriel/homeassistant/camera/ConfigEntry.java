package oriel.homeassistant.camera;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.base.Json;
import oriel.base.JsonArray;
import oriel.base.JsonNull;
import oriel.base.JsonObject;
import oriel.base.MalformedException;

/**
 * One integration that somebody has set up, as {@code .storage/core.config_entries} holds it. Every minor version of the
 * file is read: what is new in one is passed over, what is missing in one is as if it were empty.
 *
 * @param id of letters and digits; stays as long as the entry does
 * @param domain the integration: {@code generic}
 * @param title what its owner calls it; may be empty
 * @param uniqueId by which the integration knows the device, if it does
 * @param disabled whether its owner switched it off
 * @param data what was found out when it was set up
 * @param options what its owner may change
 */
record ConfigEntry(
        String id,
        String domain,
        String title,
        Optional<String> uniqueId,
        boolean disabled,
        JsonObject data,
        JsonObject options) {
    /** Most bytes of the file; large installations have a tenth of it. */
    static final int MAX_BYTES = 16 * 1024 * 1024;

    private static final int VERSION = 1;

    /**
     * All entries of the file but those that their owner only said to ignore.
     *
     * @throws MalformedException if it is no such file, not whole, or of a major version to come
     */
    static List<ConfigEntry> readAll(byte[] utf8) throws MalformedException {
        if (!(Json.parse(utf8, MAX_BYTES) instanceof JsonObject file)) {
            throw new MalformedException("no object");
        }
        OptionalLong version = file.integer("version");
        if (version.isPresent() && version.getAsLong() > VERSION) {
            throw new MalformedException("version " + version.getAsLong() + " of the file is not known here");
        }
        JsonArray entries = file.object("data")
                .flatMap(data -> data.array("entries"))
                .orElseThrow(() -> new MalformedException("no data.entries"));
        return entries.objects().stream().flatMap(entry -> read(entry).stream()).toList();
    }

    private static Optional<ConfigEntry> read(JsonObject entry) {
        Optional<String> id = entry.string("entry_id").filter(text -> text.matches("[A-Za-z0-9_-]{1,64}"));
        Optional<String> domain = entry.string("domain");
        if (id.isEmpty() || domain.isEmpty() || entry.string("source").equals(Optional.of("ignore"))) {
            return Optional.empty();
        }
        return Optional.of(new ConfigEntry(
                id.get(),
                domain.get(),
                entry.string("title").orElse(""),
                entry.string("unique_id"),
                isSet(entry, "disabled_by"),
                entry.object("data").orElse(JsonObject.empty()),
                entry.object("options").orElse(JsonObject.empty())));
    }

    /** Whether {@code name} is there and not null, as {@code disabled_by} is if something is. */
    static boolean isSet(JsonObject object, String name) {
        return object.member(name).filter(value -> !(value instanceof JsonNull)).isPresent();
    }
}
