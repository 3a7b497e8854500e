package oriel.webrtc.ice;

import java.util.random.RandomGenerator;

/**
 * What ties an answer to its request, 96 bits that nobody guesses.
 *
 * @param first the first 64 bits
 * @param last the other 32
 */
public record TransactionId(long first, int last) {
    static final int BYTES = 12;

    /** A fresh one. */
    public static TransactionId generate(RandomGenerator random) {
        return new TransactionId(random.nextLong(), random.nextInt());
    }
}
