package oriel.output.still;

import java.time.Duration;
import oriel.base.Bytes;

/**
 * A picture of a stream.
 *
 * @param jpeg a whole JPEG, at least one pixel
 * @param age how long ago the camera sent it, not negative
 */
public record Still(Bytes jpeg, Duration age) {}
