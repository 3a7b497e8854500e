package oriel.homeassistant.discovery;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which camera has which slug. Two whose names come out alike are told apart by a number, and keep it: what differs from
 * the name's own slug is remembered over restarts, whoever comes first then. For one thread.
 */
final class Slugs {
    private final SlugMemory memory;
    private final Map<String, String> given = new HashMap<>(); // slug by camera

    Slugs(SlugMemory memory) {
        this.memory = memory;
    }

    /** The slug of each of these cameras, in their order; those of cameras that are gone are free again. */
    Map<String, String> of(List<String> names) {
        given.keySet().retainAll(Set.copyOf(names));
        Map<String, String> remembered = memory.slugs();
        for (String name : names) {
            String old = remembered.get(name);
            if (old != null && !given.containsKey(name) && isFree(old)) {
                given.put(name, old);
            }
        }
        for (String name : names) {
            if (!given.containsKey(name)) {
                given.put(name, choose(name, remembered));
            }
        }
        Map<String, String> slugs = new LinkedHashMap<>();
        names.forEach(name -> slugs.put(name, given.getOrDefault(name, "")));
        return slugs;
    }

    private String choose(String name, Map<String, String> remembered) {
        String own = CameraName.slug(name);
        String slug = own;
        for (int i = 2;
                !isFree(slug) || Topics.RESERVED.contains(slug) || belongsToOther(slug, name, remembered);
                i++) {
            slug = own + "_" + i;
        }
        if (!slug.equals(own)) {
            memory.remember(name, slug);
        }
        return slug;
    }

    // Its camera may be away for a while.
    private static boolean belongsToOther(String slug, String name, Map<String, String> remembered) {
        return remembered.entrySet().stream()
                .anyMatch(entry ->
                        entry.getValue().equals(slug) && !entry.getKey().equals(name));
    }

    private boolean isFree(String slug) {
        return !given.containsValue(slug);
    }
}
