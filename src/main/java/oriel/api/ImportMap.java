package oriel.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.base.JsonString;
import oriel.base.MalformedException;

/**
 * Where the page's modules find the libraries they name: the import maps of all jars of the class path in one, with
 * addresses relative to the page, for it may live under any prefix. Immutable.
 */
final class ImportMap {
    /** Where browsers ask for what the jars keep under {@link #HOME}. */
    static final String VENDOR = "vendor/";

    /** Where jars of mvnpm keep their files. */
    static final String HOME = "META-INF/resources/_static/";

    private static final String PLACE = "META-INF/importmap.json";
    private static final String ROOT = "/_static/";
    private static final String HERE = "./";

    private final Map<String, String> imports;

    private ImportMap(Map<String, String> imports) {
        this.imports = imports;
    }

    /** @throws IllegalStateException if a jar's map is none */
    static ImportMap join(ClassLoader jars) {
        Map<String, String> imports = new TreeMap<>();
        try {
            for (URL url : Collections.list(jars.getResources(PLACE))) {
                try (InputStream in = url.openStream()) {
                    add(jars, Json.parse(in.readAllBytes()), imports);
                } catch (MalformedException e) {
                    throw new IllegalStateException("not an import map: " + url + ": " + e.reason(), e);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ImportMap(imports);
    }

    /** Names, and the addresses relative to the page that they stand for. */
    Map<String, String> imports() {
        return Collections.unmodifiableMap(imports);
    }

    /** The address of a module: by its name, else by the longest name ending in a slash that it begins with. */
    Optional<String> resolve(String module) {
        if (imports.containsKey(module)) {
            return Optional.of(imports.get(module));
        }
        return imports.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("/") && module.startsWith(entry.getKey()))
                .max(Comparator.comparingInt(entry -> entry.getKey().length()))
                .map(entry -> entry.getValue() + module.substring(entry.getKey().length()));
    }

    /**
     * The map as a page carries it, safe inside of a script element.
     *
     * @param root leads from the page to the place that the addresses start from: empty, or {@code ../}
     */
    String json(String root) {
        JsonObject.Builder names = JsonObject.builder();
        imports.forEach(
                (name, address) -> names.put(name, root.isEmpty() ? address : root + address.substring(HERE.length())));
        return JsonObject.builder()
                .put("imports", names.build())
                .build()
                .toString()
                .replace("<", "\\u003c");
    }

    private static void add(ClassLoader jars, oriel.base.JsonValue map, Map<String, String> imports)
            throws MalformedException {
        if (!(map instanceof JsonObject json)) {
            throw new MalformedException("it is no object");
        }
        JsonObject names = json.object("imports").orElse(JsonObject.empty());
        // A package of types for compilers names a module that it does not hold: nothing of it is for browsers.
        boolean whole = names.members().values().stream().allMatch(target -> isThere(jars, target));
        if (whole) {
            names.members().forEach((name, target) -> imports.put(name, HERE + VENDOR + relative(target)));
        }
    }

    private static boolean isThere(ClassLoader jars, oriel.base.JsonValue target) {
        String path = relative(target);
        return path.endsWith("/") || (!path.isEmpty() && jars.getResource(HOME + path) != null);
    }

    private static String relative(oriel.base.JsonValue target) {
        return target instanceof JsonString(String address) && address.startsWith(ROOT)
                ? address.substring(ROOT.length())
                : "";
    }
}
