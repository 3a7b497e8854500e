package oriel.config;

/**
 * Where Home Assistant's cameras are looked for ({@code hass}).
 *
 * @param on whether they are at all; {@code off} or {@code false} in place of a folder says no; default true
 * @param folder Home Assistant's configuration folder, as written; relative to our configuration's folder; empty stands for
 *     the place where it is usually found; the default
 */
public record HassConfig(boolean on, String folder) {
    /** What counts when nothing is said. */
    public static final HassConfig DEFAULT = new HassConfig(true, "");
}
