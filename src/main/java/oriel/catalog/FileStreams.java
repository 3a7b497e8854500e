package oriel.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import oriel.config.StreamConfig;

/**
 * What differs between the streams of two files, by name.
 *
 * @param added only the second has them
 * @param removed only the first has them
 * @param changed they come from elsewhere, or were switched on or off
 */
public record FileStreams(List<String> added, List<String> removed, List<String> changed) {
    private static final int MAX_NAMES = 10;

    public FileStreams {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        changed = List.copyOf(changed);
    }

    static FileStreams between(Map<String, StreamConfig> before, Map<String, StreamConfig> after) {
        List<String> added = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        after.forEach((name, stream) -> {
            StreamConfig known = before.get(name);
            if (known == null) {
                added.add(name);
            } else if (!known.equals(stream)) {
                changed.add(name);
            }
        });
        List<String> removed = before.keySet().stream()
                .filter(name -> !after.containsKey(name))
                .toList();
        return new FileStreams(added, removed, changed);
    }

    FileStreams without(Collection<String> names) {
        return new FileStreams(
                added.stream().filter(name -> !names.contains(name)).toList(),
                removed,
                changed.stream().filter(name -> !names.contains(name)).toList());
    }

    /** The same for people. */
    public List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        say(sentences, "Added: ", added, ".");
        say(sentences, "Removed: ", removed, "; who watched was told so.");
        say(sentences, "Changed: ", changed, "; who watched what is no longer there was told so.");
        return sentences;
    }

    private static void say(List<String> sentences, String what, List<String> names, String end) {
        if (!names.isEmpty()) {
            String further = names.size() > MAX_NAMES ? " and " + (names.size() - MAX_NAMES) + " more" : "";
            String first = String.join(", ", names.subList(0, Math.min(MAX_NAMES, names.size())));
            sentences.add(what + first + further + end);
        }
    }
}
