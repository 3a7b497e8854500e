package oriel.homeassistant.discovery;

import java.util.Optional;

/**
 * One of the owner's cameras at one moment.
 *
 * @param name of its stream
 * @param reading how it is
 * @param enabled whether its owner has it on
 * @param keepAlive whether it stays connected though nobody watches
 * @param probed what a look at it said while it rested
 * @param spared whether it is never to be connected but for a viewer: it runs on a battery
 */
public record Camera(
        String name,
        CameraReading reading,
        boolean enabled,
        boolean keepAlive,
        Optional<Probed> probed,
        boolean spared) {}
