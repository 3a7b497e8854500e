package oriel.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import oriel.base.MalformedException;

/**
 * Signs requests to one server and decides how often to answer its challenges. Nothing is sent before it asked. It takes
 * the strongest way offered; a server that once offered Digest never gets Basic over a line without TLS, for that would
 * show the password to whoever made it ask. One instance serves one host for as long as the owner wants it, connection
 * after connection. Not thread-safe.
 */
public final class Authenticator {
    /** What a server's 401 means for the request. */
    public enum Verdict {
        /** Send it again with a fresh {@link #authorization}. */
        RETRY,
        /** The user or the password is wrong, or there is none. */
        REFUSED,
        /** It wants the password in clear text although it knew better, or a way in that we do not speak. */
        UNACCEPTABLE
    }

    // Challenges answered in a row without success; a nonce may run out at an unlucky moment, not time and again.
    private static final int MAX_CHALLENGES_IN_A_ROW = 3;
    private static final int CNONCE_BYTES = 16;

    private final Optional<Credentials> credentials;
    private final RandomGenerator random;
    private boolean digestSeen;
    private int challengesInARow;
    private Optional<DigestAnswer> digest = Optional.empty();
    private boolean basic;

    /** @param credentials who we are; none if every challenge is a refusal */
    public Authenticator(Optional<Credentials> credentials, RandomGenerator random) {
        this.credentials = credentials;
        this.random = random;
    }

    /** Forgets nonces, as a new connection wants it, but not how the server asked before. */
    public void onConnect() {
        digest = Optional.empty();
        basic = false;
        challengesInARow = 0;
    }

    /** The value of {@code Authorization} for the next request, if the server has asked for one. */
    public Optional<String> authorization(String method, String uri) {
        if (digest.isPresent()) {
            return digest.map(answer -> answer.authorization(method, uri));
        }
        return basic ? credentials.map(Authenticator::basicAuthorization) : Optional.empty();
    }

    /** Notes that a request passed, with the values of {@code Authentication-Info} that came with the answer. */
    public void onAccepted(List<String> authenticationInfo) {
        challengesInARow = 0;
        digest.ifPresent(answer -> answer.accept(nextNonce(authenticationInfo)));
    }

    /**
     * Takes a 401.
     *
     * @param wwwAuthenticate the values of all headers of that name
     * @param encrypted whether the line to the server is TLS
     * @throws MalformedException if the headers are beyond all bounds
     */
    public Verdict onUnauthorized(List<String> wwwAuthenticate, boolean encrypted) throws MalformedException {
        List<Challenge> challenges = Challenge.parse(wwwAuthenticate);
        digestSeen |= challenges.stream().anyMatch(c -> c.scheme().equals("digest"));
        if (credentials.isEmpty() || ++challengesInARow > MAX_CHALLENGES_IN_A_ROW) {
            return Verdict.REFUSED;
        }
        List<Challenge> offered = new ArrayList<>(challenges);
        // Stable: among equals the server's order counts (RFC 7616, 3.7).
        offered.sort(Comparator.comparing(
                (Challenge c) -> DigestAnswer.algorithm(c).map(Enum::ordinal).orElse(-1), Comparator.reverseOrder()));
        for (Challenge challenge : offered) {
            Optional<DigestAnswer> answer = DigestAnswer.to(challenge, credentials.get(), cnonce());
            if (answer.isPresent()) {
                return onDigest(challenge, answer.get());
            }
        }
        return onBasic(challenges, encrypted);
    }

    private Verdict onDigest(Challenge challenge, DigestAnswer answer) {
        boolean stale = challenge.lists("stale", "true");
        // Cameras let a nonce run out without saying stale; one that never worked was refused for its password.
        boolean refused = digest.filter(
                        last -> !stale && !(last.accepted() && !last.nonce().equals(answer.nonce())))
                .isPresent();
        if (refused) {
            return Verdict.REFUSED;
        }
        digest = Optional.of(answer);
        basic = false;
        return Verdict.RETRY;
    }

    private Verdict onBasic(List<Challenge> challenges, boolean encrypted) {
        boolean offered = challenges.stream().anyMatch(c -> c.scheme().equals("basic"));
        boolean able = credentials.filter(Credentials::fitBasic).isPresent();
        if (!offered || !able || (digestSeen && !encrypted)) {
            return Verdict.UNACCEPTABLE;
        }
        if (basic) {
            return Verdict.REFUSED;
        }
        digest = Optional.empty();
        basic = true;
        return Verdict.RETRY;
    }

    private String cnonce() {
        byte[] bytes = new byte[CNONCE_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String basicAuthorization(Credentials credentials) {
        String pair = credentials.user() + ":" + credentials.password().reveal();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> nextNonce(List<String> authenticationInfo) {
        // The header has a challenge's parameters without a scheme (RFC 7616, 3.5).
        List<String> asChallenges =
                authenticationInfo.stream().map(info -> "Info " + info).toList();
        try {
            return Challenge.parse(asChallenges).stream()
                    .flatMap(info -> info.parameter("nextnonce").stream())
                    .findFirst();
        } catch (MalformedException e) {
            // Without it the old nonce goes on; if that has run out, the server will say so.
            return Optional.empty();
        }
    }
}
