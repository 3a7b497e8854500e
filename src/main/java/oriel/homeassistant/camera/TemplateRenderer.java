package oriel.homeassistant.camera;

import java.util.Optional;

/** Fills in Home Assistant's templates (Jinja), which only Home Assistant itself can do. */
@FunctionalInterface
public interface TemplateRenderer {
    /**
     * What {@code template} says now; empty if that is refused, fails or does not come in time, which the renderer tells the
     * log. May block its virtual thread, at most some seconds; asked again later, 5 s to 60 s after a failure and each
     * minute after a success.
     *
     * @param template holds secrets
     */
    Optional<String> render(String template) throws InterruptedException;
}
