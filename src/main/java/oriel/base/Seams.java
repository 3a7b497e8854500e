package oriel.base;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/**
 * What a test replaces to own time, chance and names.
 *
 * @param clock where deadlines and stamps come from
 * @param random jitter, ids, SSRCs and keys; cryptographically strong outside of tests
 * @param resolver how names become addresses
 */
public record Seams(Clock clock, RandomGenerator random, Resolver resolver) {
    /** The real ones. */
    public static Seams system() {
        return new Seams(Clock.system(), new SecureRandom(), Resolver.system());
    }
}
