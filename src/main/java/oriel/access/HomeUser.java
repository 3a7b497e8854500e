package oriel.access;

import java.util.Optional;

/**
 * A user of Home Assistant, as its command {@code config/auth/list} tells of them.
 *
 * @param id 32 hexadecimal digits that never change; what ingress names in {@code X-Remote-User-Id}
 * @param username what they log in with; empty for users without a login of Home Assistant's own
 * @param name for people's eyes; may be empty, and two users may share one, so nothing is decided by it
 * @param group what Home Assistant lets them do
 * @param active whether they may log in at all
 */
public record HomeUser(String id, Optional<String> username, String name, Group group, boolean active) {
    /** What Home Assistant lets a user do, by {@code is_owner} and {@code group_ids}. */
    public enum Group {
        /** {@code is_owner}: the one who set it up. */
        OWNER,
        /** A member of {@code system-admin}. */
        ADMINISTRATOR,
        /** Everybody else: {@code system-users}, {@code system-read-only}, no group, one that is not known. */
        OTHER
    }
}
