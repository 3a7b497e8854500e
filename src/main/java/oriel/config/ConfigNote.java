package oriel.config;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that the owner should read in the log, although the configuration works.
 *
 * @param warning whether the owner should act; else it is only for information
 * @param text one line without secrets
 */
public record ConfigNote(boolean warning, String text) {
    private static final Logger LOG = LoggerFactory.getLogger("config");

    /** Writes it to the log. */
    public void tell() {
        if (warning) {
            LOG.warn("{}", text);
        } else {
            LOG.info("{}", text);
        }
    }
}
