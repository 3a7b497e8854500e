package oriel.config;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Names the keys of a section that differ. Walks the record's components, so that none can be forgotten. */
final class ChangedKeys {
    /** Where a component is not called as its key is. */
    private static final Map<String, String> NAMES = Map.of(
            "api.origins",
            "api.origin",
            "api.login",
            "api.username",
            "hass.on",
            "hass.config",
            "hass.folder",
            "hass.config");

    private ChangedKeys() {}

    /**
     * The keys that differ, in order.
     *
     * @param besides keys that are left out
     */
    static List<String> of(String section, Record before, Record after, Set<String> besides) {
        List<String> keys = new ArrayList<>();
        for (RecordComponent component : before.getClass().getRecordComponents()) {
            String key = section + "."
                    + component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
            key = NAMES.getOrDefault(key, key);
            if (!besides.contains(key)
                    && !keys.contains(key)
                    && !value(component, before).equals(value(component, after))) {
                keys.add(key);
            }
        }
        return keys;
    }

    private static Object value(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a public record's component cannot be read: " + component, e);
        }
    }
}
