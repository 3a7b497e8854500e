package oriel.config;

import oriel.base.Secret;

/**
 * A login of our own.
 *
 * @param name what the user types; not empty, without a colon, which HTTP's Basic cannot carry
 * @param password not empty
 */
public record LoginConfig(String name, Secret password) {
    public LoginConfig {
        if (name.isEmpty() || name.indexOf(':') >= 0 || password.isEmpty()) {
            throw new IllegalArgumentException("a login needs a name without a colon, and a password");
        }
    }
}
