package oriel.catalog;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import oriel.base.StreamName;

/**
 * Which names imported cameras get. A camera keeps its name as long as its title does, so that nobody who watches it notices
 * that another of this title came or went. Guarded by the {@link Catalog}.
 */
final class ImportLayer {
    private List<ImportedCamera> cameras = List.of();
    private Map<String, String> titles = Map.of(); // camera's title by its id, at the last naming
    private Map<String, String> names = Map.of(); // by camera's id
    private Map<String, String> titled = Map.of(); // by alias
    private Map<String, List<String>> streams = Map.of();

    /** Takes other cameras; {@link #name} must follow. */
    void replace(List<ImportedCamera> now) {
        cameras = List.copyOf(now);
    }

    /** Names all cameras. {@code taken} says which names somebody else has. */
    void name(Predicate<String> taken) {
        Set<String> used = new HashSet<>();
        cameras.forEach(camera -> used.addAll(camera.aliases().keySet()));
        Map<String, String> given = new HashMap<>();
        for (ImportedCamera camera : cameras) {
            String old = names.get(camera.id());
            if (old != null
                    && camera.title().equals(titles.get(camera.id()))
                    && !taken.test(old)
                    && (isAlias(camera, old) || used.add(old))) {
                given.put(camera.id(), old);
            }
        }
        for (ImportedCamera camera : cameras) {
            given.computeIfAbsent(camera.id(), id -> freeName(camera, used, taken));
        }
        Map<String, List<String>> all = new LinkedHashMap<>();
        Map<String, String> wanted = new HashMap<>();
        Map<String, String> ofAlias = new HashMap<>();
        for (ImportedCamera camera : cameras) {
            String name = Objects.requireNonNull(given.get(camera.id()));
            all.put(name, camera.sources());
            camera.aliases().forEach((alias, sources) -> {
                all.put(alias, sources);
                ofAlias.put(alias, name);
            });
            wanted.put(camera.id(), camera.title());
        }
        titles = wanted;
        titled = ofAlias;
        names = given;
        streams = Collections.unmodifiableMap(all);
    }

    private static String freeName(ImportedCamera camera, Set<String> used, Predicate<String> taken) {
        String name = camera.title();
        if (isAlias(camera, name)) {
            return name;
        }
        for (int i = 2; taken.test(name) || !used.add(name); i++) {
            String number = " (" + i + ")";
            String title = camera.title();
            int room = Math.min(title.codePointCount(0, title.length()), StreamName.MAX_CHARS - number.length());
            name = title.substring(0, title.offsetByCodePoints(0, room)) + number;
        }
        return name;
    }

    private static boolean isAlias(ImportedCamera camera, String name) {
        return camera.aliases().containsKey(name);
    }

    /** The name of the stream of the camera with this id. */
    Optional<String> nameOf(String id) {
        return Optional.ofNullable(names.get(id));
    }

    /** The names of the cameras' streams, one for each, in their order. */
    List<String> titles() {
        return cameras.stream()
                .map(camera -> nameOf(camera.id()))
                .flatMap(Optional::stream)
                .toList();
    }

    /** All streams of the cameras, those with aliases' names among them, whether or not somebody else has the name. */
    Map<String, List<String>> streams() {
        return streams;
    }

    /** The name of the stream of the camera that has this alias. */
    Optional<String> aliasOf(String alias) {
        return Optional.ofNullable(titled.get(alias));
    }
}
