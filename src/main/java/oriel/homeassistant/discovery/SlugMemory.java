package oriel.homeassistant.discovery;

import java.util.Map;

/** Where slugs are remembered that a name alone does not give. Any thread. */
public interface SlugMemory {
    /** Slugs by camera. */
    Map<String, String> slugs();

    /** Remembers one more, as long as there is room. */
    void remember(String name, String slug);
}
