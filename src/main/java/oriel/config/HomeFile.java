package oriel.config;

import java.nio.file.Path;

/**
 * A configuration of go2rtc's in Home Assistant's folder. Only ever read.
 *
 * @param path absolute
 * @param used whether it is part of the configuration now, because there is no file of our own
 */
public record HomeFile(Path path, boolean used) {}
