package oriel.http;

import oriel.base.Secret;

/**
 * Who we are to a camera.
 *
 * @param user may be empty, as some cameras want it
 * @param password may be empty
 */
public record Credentials(String user, Secret password) {
    /** Without a colon in the user, which Basic cannot carry (RFC 7617, 2). */
    boolean fitBasic() {
        return user.indexOf(':') < 0;
    }
}
