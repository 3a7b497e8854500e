package oriel.homeassistant.camera;

import java.util.Optional;

/**
 * A camera of Home Assistant, for the API.
 *
 * @param title what its owner calls it
 * @param entityId {@code camera.front_door}, if there is one
 * @param stream the stream it has become, if it has
 * @param location its address with its secrets, if known
 * @param error why it cannot be had, a sentence; empty if it can
 */
public record HassListing(
        String title,
        Optional<String> entityId,
        Optional<String> stream,
        Optional<String> location,
        Optional<String> error) {
    /** Without its address. */
    @Override
    public String toString() {
        return title;
    }
}
