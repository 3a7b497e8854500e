package oriel.access;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.base.MalformedException;
import oriel.base.Seams;
import oriel.base.Secret;
import oriel.state.StateFullException;
import oriel.state.StateStore;
import oriel.state.StoredLink;

/**
 * Links that open one stream to whoever has them: share links, which live until they end or are revoked and survive a
 * restart, and tokens for one session within {@value #ONCE_SECONDS} s. A token is {@code <claims>.<HMAC-SHA256 of them>} in
 * base64url; nobody but this installation can make one, and none is kept. Any thread.
 */
public final class LinkTokens {
    /** How long a share link lives that does not say. */
    public static final Duration STANDARD = Duration.ofDays(1);

    /** How long it lives at most. */
    public static final Duration LONGEST = Duration.ofDays(30);

    static final int ONCE_SECONDS = 60;
    /** Most one-use tokens of one user that wait to be used, and of all together. */
    public static final int MAX_ONCE_EACH = 64;

    static final int MAX_ONCE = 4096;

    private static final int MAX_CHARS = 2048;
    private static final int ID_BYTES = 12;
    private static final String SHARE = "share";
    private static final String ONCE = "once";
    private static final String EVENTS = "events";
    private static final String MAC = "HmacSHA256";

    private final StateStore state;
    private final Secret key;
    private final Seams seams;
    private final Map<String, Once> once = new LinkedHashMap<>(); // guarded by this; oldest first

    private record Once(String kind, Principal opens, String by, long expiresNanos, boolean spent) {}

    /**
     * A token that was just made.
     *
     * @param id by which it is revoked
     * @param token the only copy
     * @param expires when it ends
     */
    public record Issued(String id, Secret token, Instant expires) {}

    /** @param key kept with the installation; who knows it makes links */
    public LinkTokens(StateStore state, Secret key, Seams seams) {
        this.state = state;
        this.key = key;
        this.seams = seams;
    }

    /**
     * Makes a share link.
     *
     * @param life 1 s to {@link #LONGEST}
     * @throws StateFullException if there are too many
     */
    public Issued share(String stream, String by, Duration life) throws StateFullException {
        if (life.compareTo(Duration.ofSeconds(1)) < 0 || life.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a link lives a second to 30 days: " + life);
        }
        String id = id();
        Instant expires = seams.clock().now().plus(life).truncatedTo(ChronoUnit.SECONDS);
        state.putLink(id, new StoredLink(stream, expires, by));
        return new Issued(id, sign(SHARE, id, stream, expires), expires);
    }

    /** Makes a token for one session of {@code maker}; empty if they have {@value #MAX_ONCE_EACH} that wait. */
    public Optional<Issued> once(String stream, Principal maker) {
        return once(ONCE, stream, StreamScope.only(Set.of(stream)), maker);
    }

    /** The same for a line that tells of all streams that are there for {@code maker}. */
    public Optional<Issued> onceForEvents(Principal maker) {
        return once(EVENTS, "", maker.streams(), maker);
    }

    private synchronized Optional<Issued> once(String kind, String stream, StreamScope streams, Principal maker) {
        String by = maker.door().word() + " " + maker.name();
        long now = seams.clock().nanoTime();
        once.values().removeIf(token -> now - token.expiresNanos() >= 0);
        long waiting = once.values().stream()
                .filter(token -> !token.spent() && token.by().equals(by))
                .count();
        if (waiting >= MAX_ONCE_EACH || once.size() >= MAX_ONCE) {
            return Optional.empty();
        }
        String id = id();
        Instant expires = seams.clock().now().plusSeconds(ONCE_SECONDS).truncatedTo(ChronoUnit.SECONDS);
        Principal opens = visitor(by, streams, maker.grounds());
        once.put(
                id,
                new Once(kind, opens, by, now + Duration.ofSeconds(ONCE_SECONDS).toNanos(), false));
        return Optional.of(new Issued(id, sign(kind, id, stream, expires), expires));
    }

    /** The share links that have not ended, by their id. */
    public Map<String, StoredLink> links() {
        Instant now = seams.clock().now();
        Map<String, StoredLink> living = new LinkedHashMap<>();
        state.links().forEach((id, link) -> {
            if (link.expires().isAfter(now)) {
                living.put(id, link);
            }
        });
        return living;
    }

    /** Ends a share link; returns whether there was one. */
    public boolean revoke(String id) {
        return state.removeLink(id);
    }

    /** Who comes by {@code token}; a one-use token is spent by that. */
    Optional<Principal> find(String token, TokenUse use) {
        if (use == TokenUse.NONE || token.length() > MAX_CHARS) {
            return Optional.empty();
        }
        return claims(token).flatMap(claims -> {
            String id = claims.string("id").orElse("");
            String stream = claims.string("stream").orElse("");
            return switch (claims.string("kind").orElse("")) {
                case SHARE ->
                    use == TokenUse.EVENTS ? Optional.empty() : byShare(id, stream, claims.integer("expires"));
                case ONCE -> use == TokenUse.EVENTS ? Optional.empty() : byOnce(ONCE, id, use);
                case EVENTS -> use == TokenUse.EVENTS ? byOnce(EVENTS, id, use) : Optional.empty();
                default -> Optional.empty();
            };
        });
    }

    private Optional<Principal> byShare(String id, String stream, OptionalLong expires) {
        return living(id)
                .filter(link -> link.stream().equals(stream))
                .filter(link -> expires.equals(OptionalLong.of(link.expires().getEpochSecond())))
                .map(link -> visitor("share link " + id, StreamScope.only(Set.of(stream)), new Grounds.Link(id)));
    }

    /** Who comes by a link that was shown before, while it lives. */
    Optional<Principal> find(Grounds.Link link) {
        return living(link.id())
                .map(living -> visitor("share link " + link.id(), StreamScope.only(Set.of(living.stream())), link));
    }

    private Optional<StoredLink> living(String id) {
        return state.link(id)
                .filter(link -> link.expires().isAfter(seams.clock().now()));
    }

    private synchronized Optional<Principal> byOnce(String kind, String id, TokenUse use) {
        Once token = once.get(id);
        boolean lives =
                token != null && token.kind().equals(kind) && seams.clock().nanoTime() - token.expiresNanos() < 0;
        boolean fits = token != null
                && switch (use) {
                    case NONE, MEDIA -> false;
                    case PAGE, SESSION_START, EVENTS -> !token.spent();
                    case SESSION -> token.spent();
                };
        if (token == null || !lives || !fits) {
            return Optional.empty();
        }
        if (use == TokenUse.SESSION_START || use == TokenUse.EVENTS) {
            once.put(id, new Once(kind, token.opens(), token.by(), token.expiresNanos(), true));
        }
        return Optional.of(token.opens());
    }

    private static Principal visitor(String name, StreamScope streams, Grounds grounds) {
        return new Principal(name, Role.VIEWER, Door.API, streams, true, grounds);
    }

    private String id() {
        byte[] bytes = new byte[ID_BYTES];
        seams.random().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private Secret sign(String kind, String id, String stream, Instant expires) {
        byte[] claims = JsonObject.builder()
                .put("kind", kind)
                .put("id", id)
                .put("stream", stream)
                .put("expires", expires.getEpochSecond())
                .build()
                .toBytes();
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return Secret.of(base64.encodeToString(claims) + "." + base64.encodeToString(mac(claims)));
    }

    /** What the token claims, if we signed it. */
    private Optional<JsonObject> claims(String token) {
        int dot = token.indexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        try {
            byte[] claims = Base64.getUrlDecoder().decode(token.substring(0, dot));
            byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
            return MessageDigest.isEqual(signature, mac(claims)) && Json.parse(claims) instanceof JsonObject json
                    ? Optional.of(json)
                    : Optional.empty();
        } catch (IllegalArgumentException | MalformedException e) {
            return Optional.empty();
        }
    }

    private byte[] mac(byte[] claims) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), MAC));
            return mac.doFinal(claims);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
