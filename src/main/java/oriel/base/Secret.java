package oriel.base;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A word that must not be seen: a password, a token, a key. It prints as {@code ***} wherever it strays; only
 * {@link #reveal()} gives it away, and a search for that method finds every place that does.
 */
public final class Secret {
    /** What stands in place of a secret. */
    public static final String MASK = "***";

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    public static Secret of(String value) {
        return new Secret(value);
    }

    /** The word itself, for the one who sends or checks it. */
    public String reveal() {
        return value;
    }

    public boolean isEmpty() {
        return value.isEmpty();
    }

    /** Whether {@code candidate} is the same word; takes the same time wherever the two differ. */
    public boolean matches(String candidate) {
        return MessageDigest.isEqual(
                value.getBytes(StandardCharsets.UTF_8), candidate.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && matches(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return MASK;
    }
}
