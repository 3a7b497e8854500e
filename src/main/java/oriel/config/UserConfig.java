package oriel.config;

import java.util.Optional;
import java.util.Set;
import oriel.base.Secret;

/**
 * What {@code oriel.access.users} says of somebody: a user of Home Assistant, or a login of our own.
 *
 * @param role what they may do
 * @param streams the only streams that there are for them; empty for all
 * @param password with which they log in; empty for those who come through Home Assistant alone
 */
public record UserConfig(UserRole role, Optional<Set<String>> streams, Optional<Secret> password) {
    public UserConfig {
        streams = streams.map(Set::copyOf);
    }
}
