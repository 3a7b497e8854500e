package oriel.homeassistant.camera;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where Home Assistant's cameras are, by the names that their owner may use. Safe on any thread; answers at once.
 */
public final class HassAddresses {
    private volatile Known known = new Known(Map.of(), Map.of());

    /** What is known of a name: an address, or a sentence that says why there is none. */
    record Address(Optional<String> url, String sentence) {}

    private record Known(Map<String, Address> names, Map<String, String> transports) {}

    /** Takes {@code cameras} for those known before. */
    void replace(List<FoundCamera> cameras) {
        Map<String, Address> names = new HashMap<>();
        Map<String, String> transports = new HashMap<>();
        for (FoundCamera found : cameras) {
            HassCamera camera = found.camera();
            Address address = new Address(found.playable(), found.problem().orElse(""));
            put(names, camera.title(), address);
            put(names, camera.id(), address);
            camera.entityId().ifPresent(id -> put(names, id, address));
            camera.aliases().forEach(alias -> put(names, alias, address));
            if (!camera.transport().isEmpty()) {
                found.playable().ifPresent(url -> transports.putIfAbsent(url, camera.transport()));
            }
        }
        known = new Known(Map.copyOf(names), Map.copyOf(transports));
    }

    // Of two with the same title the one that plays counts, and of two such the first.
    private static void put(Map<String, Address> names, String name, Address address) {
        names.merge(name, address, (old, now) -> old.url().isPresent() ? old : now);
    }

    /** The camera of this title, entity or entry. */
    Optional<Address> find(String name) {
        return Optional.ofNullable(known.names().get(name));
    }

    /**
     * {@code address} with the transport that its owner chose in Home Assistant, as {@code #transport=}; all who name this
     * address share the one connection. An address with options of its own, and any other, stays as it is.
     */
    public String opened(String address) {
        String transport = known.transports().get(address);
        return transport == null ? address : address + "#transport=" + transport;
    }
}
