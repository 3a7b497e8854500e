package oriel.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oriel.base.Json;
import oriel.base.JsonArray;
import oriel.base.JsonBool;
import oriel.base.JsonNull;
import oriel.base.JsonNumber;
import oriel.base.JsonObject;
import oriel.base.JsonString;
import oriel.base.JsonValue;
import oriel.base.MalformedException;

/**
 * Reads the options that the owner set for the app in Home Assistant, a JSON file of the Supervisor's. They are keys of our
 * own section, {@code oriel}, and win over the file's. A form there has rows, but no keys of the owner's own: {@code users} is
 * a list whose rows have a {@code name}, and means {@code oriel.access.users}. Each value stands for itself: no variables are
 * filled in. For one configuration and one thread.
 */
final class OptionsReader {
    private static final int MAX_BYTES = 1 << 20;
    private static final String USERS = "users";
    private static final String ACCESS = "access";
    private static final String NAME = "name";

    private final Problems problems;

    OptionsReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * The options as a tree from the configuration's root; an empty one if there are none, or after a problem was told.
     *
     * @param expected whether somebody named this file, so that its absence is worth a word
     */
    ConfigNode.Mapping read(Path path, boolean expected) {
        String label = String.valueOf(path.getFileName());
        Place place = new Place(label, 0);
        ConfigNode.Mapping nothing = new ConfigNode.Mapping(Map.of(), place);
        try (InputStream in = Files.newInputStream(path)) {
            if (!(Json.parse(in.readNBytes(MAX_BYTES + 1), MAX_BYTES) instanceof JsonObject options)) {
                throw new MalformedException("it holds no JSON object");
            }
            ConfigNode oriel = node(withUsersByName(withoutNulls(options)), place);
            return new ConfigNode.Mapping(Map.of("oriel", new ConfigNode.Entry(place, oriel)), place);
        } catch (NoSuchFileException e) {
            if (expected) {
                problems.note(true, "no file " + path + ", starting without the app's options");
            }
        } catch (IOException e) {
            problem(label, "can't be read (" + path + ")", "Check that it is a file and who may read it");
        } catch (MalformedException e) {
            problem(label, "is not what the Supervisor writes: " + e.reason(), "Save the app's options once more");
        }
        return nothing;
    }

    private static JsonObject withUsersByName(JsonObject options) throws MalformedException {
        if (!(options.members().get(USERS) instanceof JsonArray rows)) {
            return options;
        }
        JsonObject access = options.object(ACCESS).orElseGet(JsonObject::empty);
        if (!rows.items().isEmpty()) {
            access = with(access, USERS, usersByName(rows));
        }
        return with(without(options, USERS), ACCESS, access);
    }

    private static JsonObject usersByName(JsonArray rows) throws MalformedException {
        JsonObject.Builder users = JsonObject.builder();
        Set<String> names = new HashSet<>();
        for (JsonValue row : rows.items()) {
            if (!(row instanceof JsonObject user) || user.string(NAME).isEmpty()) {
                throw new MalformedException("a user without a name");
            }
            String name = user.string(NAME).get();
            if (!names.add(name)) {
                throw new MalformedException("two users of the same name");
            }
            users.put(name, without(user, NAME));
        }
        return users.build();
    }

    private static JsonObject with(JsonObject object, String name, JsonValue value) {
        JsonObject.Builder more = JsonObject.builder();
        without(object, name).members().forEach(more::put);
        return more.put(name, value).build();
    }

    private static JsonObject without(JsonObject object, String name) {
        JsonObject.Builder rest = JsonObject.builder();
        object.members().forEach((key, value) -> {
            if (!key.equals(name)) {
                rest.put(key, value);
            }
        });
        return rest.build();
    }

    private void problem(String label, String rule, String nextStep) {
        problems.add(new ConfigProblem(label, 0, "", "", rule, nextStep));
    }

    private static JsonObject withoutNulls(JsonObject options) {
        JsonObject.Builder set = JsonObject.builder();
        options.members().forEach((name, value) -> {
            if (!(value instanceof JsonNull)) {
                set.put(name, value);
            }
        });
        return set.build();
    }

    // No deeper than Json reads.
    private static ConfigNode node(JsonValue value, Place place) {
        return switch (value) {
            case JsonObject object -> {
                Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
                object.members()
                        .forEach((name, member) -> entries.put(name, new ConfigNode.Entry(place, node(member, place))));
                yield new ConfigNode.Mapping(entries, place);
            }
            case JsonArray array -> {
                List<ConfigNode> items = new ArrayList<>();
                array.items().forEach(item -> items.add(node(item, place)));
                yield new ConfigNode.Sequence(List.copyOf(items), place);
            }
            case JsonString string -> scalar(string.value(), false, place);
            case JsonNumber number -> scalar(number.literal(), true, place);
            case JsonBool bool -> scalar(Boolean.toString(bool.value()), true, place);
            case JsonNull none -> scalar("", true, place);
        };
    }

    private static ConfigNode.Scalar scalar(String text, boolean plain, Place place) {
        return new ConfigNode.Scalar(text, plain, List.of(), List.of(), place);
    }
}
