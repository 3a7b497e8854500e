package oriel.config;

/**
 * Where something stands.
 *
 * @param file the file's name as it was given, or {@code argument 2} for the second {@code -c}
 * @param line from 1; 0 if it has none to name
 */
public record Place(String file, int line) {
    /** {@code go2rtc.yaml:12}, or the file alone. */
    @Override
    public String toString() {
        return line > 0 ? file + ":" + line : file;
    }
}
