package oriel.api;

/**
 * This build and where its configuration is.
 *
 * @param version ours, such as {@code 0.1.0}
 * @param revision of the source, or {@code unknown}
 * @param configPath the file that may be written, or empty
 */
public record About(String version, String revision, String configPath) {
    /**
     * What clients of go2rtc compare: Home Assistant wants 1.9.13 or later and below 2.0.0, and warns below a version that
     * moves with each of its releases.
     */
    public String compatVersion() {
        return "1.99.0+oriel." + version;
    }
}
