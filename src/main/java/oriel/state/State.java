package oriel.state;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import oriel.base.JsonArray;
import oriel.base.JsonObject;
import oriel.base.JsonString;
import oriel.base.JsonValue;
import oriel.base.StreamName;

/**
 * All that {@code state.json} holds, at one moment.
 *
 * @param install 8 hexadecimal digits that tell this installation from others
 * @param streams added streams in their order, each with its sources in order
 * @param preloads streams that stay connected, each with the query that says which tracks
 * @param switches streams that their owner switched while we ran, each with what is switched; see {@link StreamSwitch}
 * @param pins SHA-256 of the certificates that were trusted on first use, by {@code host:port}
 * @param links share links by their id
 * @param slugs what cameras are called in ids, where their names alone do not say it
 * @param rest members that this version does not know; kept for the one that wrote them
 */
record State(
        String install,
        Map<String, List<String>> streams,
        Map<String, String> preloads,
        Map<String, Set<StreamSwitch>> switches,
        Map<String, String> pins,
        Map<String, StoredLink> links,
        Map<String, String> slugs,
        Map<String, JsonValue> rest) {
    State {
        streams = Collections.unmodifiableMap(new LinkedHashMap<>(streams));
        preloads = Collections.unmodifiableMap(new LinkedHashMap<>(preloads));
        switches = Collections.unmodifiableMap(new LinkedHashMap<>(switches));
        pins = Collections.unmodifiableMap(new LinkedHashMap<>(pins));
        links = Collections.unmodifiableMap(new LinkedHashMap<>(links));
        slugs = Collections.unmodifiableMap(new LinkedHashMap<>(slugs));
        rest = Collections.unmodifiableMap(new LinkedHashMap<>(rest));
    }

    static State fresh(String install) {
        return new State(install, Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());
    }

    State withStreams(Consumer<Map<String, List<String>>> change) {
        Map<String, List<String>> changed = new LinkedHashMap<>(streams);
        change.accept(changed);
        return new State(install, changed, preloads, switches, pins, links, slugs, rest);
    }

    State withPreloads(Consumer<Map<String, String>> change) {
        Map<String, String> changed = new LinkedHashMap<>(preloads);
        change.accept(changed);
        return new State(install, streams, changed, switches, pins, links, slugs, rest);
    }

    State withSwitch(String name, StreamSwitch which, boolean set) {
        Map<String, Set<StreamSwitch>> changed = new LinkedHashMap<>(switches);
        Set<StreamSwitch> own = new LinkedHashSet<>(switches.getOrDefault(name, Set.of()));
        if (set) {
            own.add(which);
        } else {
            own.remove(which);
        }
        changed.remove(name);
        if (!own.isEmpty()) {
            changed.put(name, Set.copyOf(own));
        }
        return new State(install, streams, preloads, changed, pins, links, slugs, rest);
    }

    State withPins(Consumer<Map<String, String>> change) {
        Map<String, String> changed = new LinkedHashMap<>(pins);
        change.accept(changed);
        return new State(install, streams, preloads, switches, changed, links, slugs, rest);
    }

    State withLinks(Consumer<Map<String, StoredLink>> change) {
        Map<String, StoredLink> changed = new LinkedHashMap<>(links);
        change.accept(changed);
        return new State(install, streams, preloads, switches, pins, changed, slugs, rest);
    }

    State withSlugs(Consumer<Map<String, String>> change) {
        Map<String, String> changed = new LinkedHashMap<>(slugs);
        change.accept(changed);
        return new State(install, streams, preloads, switches, pins, links, changed, rest);
    }

    byte[] toBytes() {
        JsonObject.Builder json = JsonObject.builder().put("install", install);
        JsonObject.Builder sources = JsonObject.builder();
        streams.forEach((name, list) -> sources.put(name, JsonArray.ofStrings(list)));
        json.put("streams", sources.build());
        json.put("preload", texts(preloads)).put("pins", texts(pins));
        JsonObject.Builder switched = JsonObject.builder();
        switches.forEach((name, own) -> switched.put(
                name,
                JsonArray.ofStrings(
                        own.stream().map(StreamSwitch::word).sorted().toList())));
        json.put("switches", switched.build());
        JsonObject.Builder given = JsonObject.builder();
        links.forEach((id, link) -> given.put(id, link.json()));
        json.put("links", given.build()).put("slugs", texts(slugs));
        rest.forEach(json::put);
        return json.build().toIndentedJson().getBytes(StandardCharsets.UTF_8);
    }

    private static JsonObject texts(Map<String, String> texts) {
        JsonObject.Builder json = JsonObject.builder();
        texts.forEach(json::put);
        return json.build();
    }

    /**
     * Reads what {@link #toBytes} wrote.
     *
     * @param newInstall what to be called if {@code json} says nothing usable
     */
    static Reading read(JsonObject json, String newInstall) {
        Map<String, JsonValue> rest = new LinkedHashMap<>(json.members());
        boolean whole = true;
        Optional<String> install = json.string("install").filter(s -> s.matches("[0-9a-f]{8}"));
        whole &= install.isPresent() || !rest.containsKey("install");
        rest.remove("install");

        Map<String, List<String>> streams = new LinkedHashMap<>();
        for (var member : members(rest.remove("streams"))) {
            Optional<List<String>> sources =
                    member.getValue() instanceof JsonArray array ? array.strings() : Optional.empty();
            boolean usable = StreamName.problem(member.getKey()).isEmpty()
                    && sources.isPresent()
                    && sources.get().size() <= StateStore.MAX_SOURCES
                    && streams.size() < StateStore.MAX_STREAMS;
            whole &= usable;
            if (usable) {
                streams.put(member.getKey(), sources.get());
            }
        }
        Texts preloads = texts(rest.remove("preload"), StateStore.MAX_STREAMS);
        Texts pins = texts(rest.remove("pins"), StateStore.MAX_PINS);
        whole &= isObject(json, "switches");
        Map<String, Set<StreamSwitch>> switches = new LinkedHashMap<>();
        for (var member : members(rest.remove("switches"))) {
            Set<StreamSwitch> own = switches(member.getValue());
            boolean usable = !own.isEmpty() && switches.size() < StateStore.MAX_STREAMS;
            whole &= usable;
            if (usable) {
                switches.put(member.getKey(), own);
            }
        }
        Texts slugs = texts(rest.remove("slugs"), StateStore.MAX_STREAMS);
        whole &= slugs.whole() && isObject(json, "slugs");
        Map<String, StoredLink> links = new LinkedHashMap<>();
        for (var member : members(rest.remove("links"))) {
            Optional<StoredLink> link = StoredLink.read(member.getValue());
            boolean usable = link.isPresent() && links.size() < StateStore.MAX_LINKS;
            whole &= usable;
            if (usable) {
                links.put(member.getKey(), link.get());
            }
        }
        whole &= preloads.whole() && pins.whole() && isObject(json, "streams");
        whole &= isObject(json, "preload") && isObject(json, "pins") && isObject(json, "links");
        State state = new State(
                install.orElse(newInstall),
                streams,
                preloads.texts(),
                switches,
                pins.texts(),
                links,
                slugs.texts(),
                rest);
        return new Reading(state, whole);
    }

    private static Set<StreamSwitch> switches(JsonValue value) {
        Set<StreamSwitch> own = new LinkedHashSet<>();
        List<String> words = value instanceof JsonArray array ? array.strings().orElse(List.of()) : List.of();
        for (StreamSwitch which : StreamSwitch.values()) {
            if (words.contains(which.word())) {
                own.add(which);
            }
        }
        return Set.copyOf(own);
    }

    private static boolean isObject(JsonObject json, String name) {
        return json.member(name).map(JsonObject.class::isInstance).orElse(true);
    }

    private static Iterable<Map.Entry<String, JsonValue>> members(@Nullable JsonValue value) {
        return value instanceof JsonObject object ? object.members().entrySet() : List.of();
    }

    private static Texts texts(@Nullable JsonValue value, int max) {
        Map<String, String> texts = new LinkedHashMap<>();
        boolean whole = true;
        for (var member : members(value)) {
            if (member.getValue() instanceof JsonString text && texts.size() < max) {
                texts.put(member.getKey(), text.value());
            } else {
                whole = false;
            }
        }
        return new Texts(texts, whole);
    }

    private record Texts(Map<String, String> texts, boolean whole) {}

    /**
     * What could be read.
     *
     * @param whole whether that was all that was there
     */
    record Reading(State state, boolean whole) {}
}
