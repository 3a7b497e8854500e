package oriel.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** The hashes that Digest knows (RFC 7616, 3.2), weakest first; each also with {@code -sess}. */
enum DigestAlgorithm {
    MD5("MD5", "MD5"),
    SHA_512_256("SHA-512-256", "SHA-512/256"),
    // Before the other of equal strength: more devices got this one right.
    SHA_256("SHA-256", "SHA-256");

    private static final String SESSION = "-sess";

    private final String word;
    private final String digest;

    DigestAlgorithm(String word, String digest) {
        this.word = word;
        this.digest = digest;
    }

    /** The one that an {@code algorithm} parameter names; {@code -sess} is passed over. */
    static Optional<DigestAlgorithm> of(String name) {
        String plain = isSession(name) ? name.substring(0, name.length() - SESSION.length()) : name;
        for (DigestAlgorithm algorithm : values()) {
            // Hikvision and others write SHA256.
            if (algorithm.word.equalsIgnoreCase(plain)
                    || algorithm.word.replace("SHA-", "SHA").equalsIgnoreCase(plain)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** Whether {@code name} ends in {@code -sess}. */
    static boolean isSession(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(SESSION);
    }

    /** The hash of {@code bytes}, as lower-case hexadecimal digits. */
    String hex(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(digest).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK lacks " + digest, e);
        }
    }
}
