package oriel.config;

/**
 * Where something stands.
 *
 * @param file the file's name as it was given, or {@code argument 2} for the second {@code -c}
 * @param line from 1
 */
public record Place(String file, int line) {
    /** {@code go2rtc.yaml:12}. */
    @Override
    public String toString() {
        return file + ":" + line;
    }
}
