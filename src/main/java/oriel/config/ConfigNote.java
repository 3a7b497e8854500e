package oriel.config;

/**
 * Something that the owner should read in the log, although the configuration works.
 *
 * @param warning whether the owner should act; else it is only for information
 * @param text one line without secrets
 */
public record ConfigNote(boolean warning, String text) {}
