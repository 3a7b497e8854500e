package oriel.config;

import java.net.URI;
import oriel.base.Secret;

/**
 * Home Assistant's Supervisor, which started us. From the environment alone, never from a file.
 *
 * @param url {@code SUPERVISOR_URL}, by default {@code http://supervisor}; without a path
 * @param token {@code SUPERVISOR_TOKEN}
 */
public record SupervisorConfig(URI url, Secret token) {}
