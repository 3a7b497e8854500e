package oriel.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A camera that another program knows.
 *
 * @param id stays the same as long as it is the same camera, whatever it is called
 * @param title what its stream is called, unless something else is; without a {@link oriel.base.StreamName#problem}
 * @param sources of that stream
 * @param aliases further names under which it is asked for, each with the sources that are expected there
 */
public record ImportedCamera(String id, String title, List<String> sources, Map<String, List<String>> aliases) {
    public ImportedCamera {
        sources = List.copyOf(sources);
        aliases = Collections.unmodifiableMap(new LinkedHashMap<>(aliases));
    }
}
