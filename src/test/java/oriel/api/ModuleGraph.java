package oriel.api;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oriel.base.JsonObject;

/** Which modules a browser fetches before the page's first one runs. */
final class ModuleGraph {
    private static final Pattern STATIC_IMPORT =
            Pattern.compile("\\b(?:import|export)(?:[\\w*\\s{},$]*?\\bfrom)?\\s*[\"']([^\"']+)[\"']");

    private ModuleGraph() {}

    /**
     * @param first the page's own module
     * @param sources gives the text of an address
     */
    static Set<String> of(String first, UnaryOperator<String> sources, JsonObject imports) {
        Set<String> found = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(Set.of(first));
        while (!open.isEmpty()) {
            String module = open.pop();
            if (!found.add(module)) {
                continue;
            }
            Matcher names = STATIC_IMPORT.matcher(sources.apply(module));
            while (names.find()) {
                open.push(resolve(module, names.group(1), imports));
            }
        }
        return found;
    }

    private static String resolve(String from, String name, JsonObject imports) {
        URI base = URI.create("http://x" + from);
        if (name.startsWith(".")) {
            return base.resolve(name).getPath();
        }
        String address = imports.string(name).orElseGet(() -> {
            String prefix = imports.members().keySet().stream()
                    .filter(key -> key.endsWith("/") && name.startsWith(key))
                    .max(Comparator.comparingInt(String::length))
                    .orElseThrow(() -> new AssertionError(from + " imports " + name));
            return imports.string(prefix).orElseThrow() + name.substring(prefix.length());
        });
        return URI.create("http://x/").resolve(address).getPath();
    }
}
