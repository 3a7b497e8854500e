package oriel.homeassistant.discovery;

import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers slugs for a test. */
final class FakeMemory implements SlugMemory {
    private final Map<String, String> slugs = new LinkedHashMap<>();

    @Override
    public Map<String, String> slugs() {
        return slugs;
    }

    @Override
    public void remember(String name, String slug) {
        slugs.put(name, slug);
    }
}
