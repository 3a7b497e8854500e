package oriel.testing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Broken copies of good input, for tests that a parser gives a value or its own error and nothing else. */
public final class Mangled {
    private Mangled() {}

    /** {@code good} cut off at every length, the whole one last. */
    public static Stream<byte[]> truncations(byte[] good) {
        return IntStream.rangeClosed(0, good.length).mapToObj(length -> Arrays.copyOf(good, length));
    }

    /** {@code good} with each single bit turned over. */
    public static Stream<byte[]> bitFlips(byte[] good) {
        return IntStream.range(0, good.length * 8).mapToObj(bit -> {
            byte[] copy = good.clone();
            copy[bit / 8] ^= (byte) (1 << (bit % 8));
            return copy;
        });
    }

    /** Truncations, and each bit of the first bytes turned over. */
    public static Stream<byte[]> ofHead(byte[] good, int bytes) {
        return Stream.concat(truncations(good), bitFlips(good).limit(8L * bytes));
    }

    /** Truncations and bit flips of a text, a character for each byte. */
    public static Stream<String> texts(String good) {
        byte[] bytes = good.getBytes(StandardCharsets.UTF_8);
        return Stream.concat(truncations(bytes), bitFlips(bytes))
                .map(mangled -> new String(mangled, StandardCharsets.ISO_8859_1));
    }
}
