package oriel.api;

import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;

/**
 * The answer to {@code GET /api}.
 *
 * @param version what go2rtc's clients compare
 * @param oriel our own version
 * @param configPath the file that may be written, for an admin; or empty
 * @param host as the client asked for us
 */
@Serdeable(naming = SnakeCaseStrategy.class)
record ServerInfo(String version, String oriel, String revision, String configPath, String host, RtspInfo rtsp) {}
