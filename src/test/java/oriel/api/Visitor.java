package oriel.api;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import oriel.access.Door;
import oriel.access.Right;

/**
 * Somebody who knocks at a door in {@link RouteMatrixTest}, and what they are there for.
 *
 * @param rights the rights that their role has, written down here and not asked of the code
 * @param only the one stream there is for them
 * @param link whether a link let them in, and which
 * @param headers what they send
 * @param token a fresh one for each request
 */
record Visitor(
        String name,
        Door door,
        List<Right> rights,
        Optional<String> only,
        Link link,
        Map<String, String> headers,
        Optional<Supplier<String>> token) {
    enum Link {
        NO,
        SHARE,
        ONCE
    }

    static final List<Right> ADMIN = List.of(Right.values());
    static final List<Right> OPERATOR = List.of(Right.OPEN, Right.KNOWN, Right.VIEW, Right.ADD, Right.OPERATE);
    static final List<Right> INTEGRATION = List.of(Right.OPEN, Right.KNOWN, Right.VIEW, Right.ADD);
    static final List<Right> VIEWER = List.of(Right.OPEN, Right.KNOWN, Right.VIEW);
    static final List<Right> NOBODY = List.of(Right.OPEN);

    /** At the API, from another machine. */
    static Visitor login(String user, List<Right> rights, String... only) {
        String basic = "Basic " + Base64.getEncoder().encodeToString((user + ":" + user + "-word").getBytes());
        return new Visitor(
                user,
                Door.API,
                rights,
                List.of(only).stream().findFirst(),
                Link.NO,
                Map.of("Authorization", basic),
                Optional.empty());
    }

    static Visitor linked(String name, Link link, String only, Supplier<String> token) {
        return new Visitor(name, Door.API, VIEWER, Optional.of(only), link, Map.of(), Optional.of(token));
    }

    static Visitor other(String name, List<Right> rights, Map<String, String> headers) {
        return new Visitor(name, Door.API, rights, Optional.empty(), Link.NO, headers, Optional.empty());
    }

    /** Through Home Assistant. */
    static Visitor ingress(String id, List<Right> rights, String... only) {
        return new Visitor(
                "ingress " + id,
                Door.INGRESS,
                rights,
                List.of(only).stream().findFirst(),
                Link.NO,
                Map.of("X-Remote-User-Id", id, "X-Oriel", "1"),
                Optional.empty());
    }

    @Override
    public String toString() {
        return name;
    }
}
