package oriel.webrtc.ice;

import java.util.random.RandomGenerator;
import oriel.base.MalformedException;
import oriel.base.Secret;

/**
 * One side's name and password for a session (RFC 8839, 5.4).
 *
 * @param ufrag 4 to 256 letters, digits, {@code +} and {@code /}
 * @param password 22 to 256 of the same
 */
public record IceCredentials(String ufrag, Secret password) {
    static final int MAX_UFRAG_CHARS = 256;

    private static final int MIN_UFRAG_CHARS = 4;
    private static final int MIN_PASSWORD_CHARS = 22;
    private static final int MAX_PASSWORD_CHARS = 256;

    // 48 bits keep the fragments of all sessions on one port apart, 144 bits cannot be guessed.
    private static final int OUR_UFRAG_CHARS = 8;
    private static final int OUR_PASSWORD_CHARS = 24;

    private static final String ICE_CHARS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    public IceCredentials {
        if (!isIceText(ufrag, MIN_UFRAG_CHARS, MAX_UFRAG_CHARS)) {
            throw new IllegalArgumentException("not an ICE user fragment of " + ufrag.length() + " characters");
        }
        if (!isIceText(password.reveal(), MIN_PASSWORD_CHARS, MAX_PASSWORD_CHARS)) {
            throw new IllegalArgumentException("not an ICE password");
        }
    }

    /** Fresh ones. */
    public static IceCredentials generate(RandomGenerator random) {
        return new IceCredentials(text(OUR_UFRAG_CHARS, random), Secret.of(text(OUR_PASSWORD_CHARS, random)));
    }

    /** What the values of {@code a=ice-ufrag} and {@code a=ice-pwd} say. */
    public static IceCredentials parse(String ufrag, String password) throws MalformedException {
        if (!isIceText(ufrag, MIN_UFRAG_CHARS, MAX_UFRAG_CHARS)) {
            throw new MalformedException("ice-ufrag is not 4 to 256 of the characters allowed");
        }
        if (!isIceText(password, MIN_PASSWORD_CHARS, MAX_PASSWORD_CHARS)) {
            throw new MalformedException("ice-pwd is not 22 to 256 of the characters allowed");
        }
        return new IceCredentials(ufrag, Secret.of(password));
    }

    static boolean isIceChar(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '/' && c <= '9') || c == '+';
    }

    private static boolean isIceText(String text, int min, int max) {
        return text.length() >= min && text.length() <= max && text.chars().allMatch(IceCredentials::isIceChar);
    }

    private static String text(int length, RandomGenerator random) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ICE_CHARS.charAt(random.nextInt(ICE_CHARS.length())));
        }
        return text.toString();
    }
}
