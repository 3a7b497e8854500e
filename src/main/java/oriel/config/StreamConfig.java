package oriel.config;

import java.util.List;
import oriel.base.Redacted;

/**
 * A stream that the file defines.
 *
 * @param enabled {@code false} only if the file says {@code false} in place of a source
 * @param sources in order, byte for byte as written; empty if it waits for a publisher, or is not enabled
 */
public record StreamConfig(boolean enabled, List<String> sources) {
    /** Most sources of one stream. */
    public static final int MAX_SOURCES = 16;

    /** Most characters of one source. */
    public static final int MAX_SOURCE_CHARS = 8192;

    public StreamConfig {
        sources = List.copyOf(sources);
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return enabled ? Redacted.text(sources.toString()) : "off";
    }
}
