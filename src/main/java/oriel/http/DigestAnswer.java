package oriel.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Answers one Digest challenge, request after request (RFC 7616; without {@code qop} as RFC 2069 had it). Counts the
 * nonce's uses and takes the next nonce when the server gives one. Not thread-safe.
 */
final class DigestAnswer {
    private final Credentials credentials;
    private final Challenge challenge;
    private final DigestAlgorithm algorithm;
    private final boolean session;
    private final boolean qop;
    private final String realm;
    private final String cnonce;
    // -sess hashes the first nonce in for good (RFC 7616, 3.4.2).
    private final String firstNonce;

    private String nonce;
    private int uses;
    private boolean accepted;

    private DigestAnswer(Credentials credentials, Challenge challenge, DigestAlgorithm algorithm, String cnonce) {
        this.credentials = credentials;
        this.challenge = challenge;
        this.algorithm = algorithm;
        this.session = DigestAlgorithm.isSession(algorithmName(challenge));
        this.qop = challenge.lists("qop", "auth");
        this.realm = challenge.parameters().getOrDefault("realm", "");
        this.cnonce = cnonce;
        this.nonce = challenge.parameters().getOrDefault("nonce", "");
        this.firstNonce = nonce;
    }

    /**
     * An answer to {@code challenge}, if that is a Digest which this class speaks.
     *
     * @param cnonce our own random word, hexadecimal digits
     */
    static Optional<DigestAnswer> to(Challenge challenge, Credentials credentials, String cnonce) {
        boolean onlyIntegrity = challenge.parameters().containsKey("qop")
                && !challenge.lists("qop", "auth")
                && !challenge.lists("qop", "");
        if (!challenge.scheme().equals("digest") || onlyIntegrity) {
            return Optional.empty();
        }
        return algorithm(challenge).map(a -> new DigestAnswer(credentials, challenge, a, cnonce));
    }

    /** The hash that {@code challenge} asks for, if we know it. */
    static Optional<DigestAlgorithm> algorithm(Challenge challenge) {
        return DigestAlgorithm.of(algorithmName(challenge));
    }

    private static String algorithmName(Challenge challenge) {
        return challenge.parameters().getOrDefault("algorithm", "MD5");
    }

    String nonce() {
        return nonce;
    }

    /** Whether the server let a request with this nonce pass. */
    boolean accepted() {
        return accepted;
    }

    /** Notes that the server let the last request pass, and what its {@code Authentication-Info} says. */
    void accept(Optional<String> nextNonce) {
        accepted = true;
        nextNonce.filter(next -> !next.isEmpty() && !next.equals(nonce)).ifPresent(next -> {
            nonce = next;
            uses = 0;
        });
    }

    /** The value of {@code Authorization} for the next request. */
    String authorization(String method, String uri) {
        uses++;
        String count = String.format("%08x", uses);
        String secret = hash(
                credentials.user() + ":" + realm + ":" + credentials.password().reveal());
        if (session) {
            secret = hash(secret + ":" + firstNonce + ":" + cnonce);
        }
        String request = hash(method + ":" + uri);
        String proof = qop
                ? hash(secret + ":" + nonce + ":" + count + ":" + cnonce + ":auth:" + request)
                : hash(secret + ":" + nonce + ":" + request);
        StringBuilder header = new StringBuilder(256).append("Digest ").append(userParameter());
        quoted(header.append(", "), "realm", realm);
        quoted(header.append(", "), "nonce", nonce);
        quoted(header.append(", "), "uri", uri);
        quoted(header.append(", "), "response", proof);
        // Left out when not asked for: cameras from before RFC 2617 choke on it.
        challenge
                .parameter("algorithm")
                .ifPresent(name -> header.append(", algorithm=").append(token(name)));
        if (qop) {
            header.append(", qop=auth, nc=").append(count);
        }
        if (qop || session) {
            quoted(header.append(", "), "cnonce", cnonce);
        }
        challenge.parameter("opaque").ifPresent(opaque -> quoted(header.append(", "), "opaque", opaque));
        return header.toString();
    }

    // RFC 7616, 3.4.4: hashed if asked for; in the extended form if it is more than ASCII and the server reads UTF-8.
    private String userParameter() {
        StringBuilder parameter = new StringBuilder();
        if (challenge.lists("userhash", "true")) {
            quoted(parameter, "username", hash(credentials.user() + ":" + realm));
            return parameter.append(", userhash=true").toString();
        }
        boolean ascii = credentials.user().chars().allMatch(c -> c >= ' ' && c < 0x7F);
        if (!ascii && challenge.lists("charset", "UTF-8")) {
            String encoded = URLEncoder.encode(credentials.user(), StandardCharsets.UTF_8)
                    .replace("+", "%20");
            return parameter.append("username*=UTF-8''").append(encoded).toString();
        }
        quoted(parameter, "username", credentials.user());
        return parameter.toString();
    }

    private String hash(String text) {
        return algorithm.hex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void quoted(StringBuilder header, String name, String value) {
        header.append(name).append("=\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                header.append('\\');
            }
            if (c >= ' ' && c != 0x7F) {
                header.append(c);
            }
        }
        header.append('"');
    }

    // Echoed from the server's words, so nothing but a token may pass.
    private static String token(String name) {
        return name.replaceAll("[^A-Za-z0-9-]", "");
    }
}
