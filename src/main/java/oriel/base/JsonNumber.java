package oriel.base;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * A number, kept as it was written, so that nothing is lost that a reader did not ask for.
 *
 * @param literal by the grammar of RFC 8259, 6; at most 100 characters
 */
public record JsonNumber(String literal) implements JsonValue {
    static final int MAX_CHARS = 100;

    private static final Pattern GRAMMAR = Pattern.compile("-?(0|[1-9]\\d*+)(\\.\\d++)?([eE][+-]?\\d++)?");
    private static final Pattern INTEGER = Pattern.compile("-?\\d{1,19}");
    private static final double EXACT = 9_007_199_254_740_992.0; // 2^53: beyond, a double skips integers

    public JsonNumber {
        if (literal.length() > MAX_CHARS || !GRAMMAR.matcher(literal).matches()) {
            throw new IllegalArgumentException("no JSON number");
        }
    }

    public static JsonNumber of(long value) {
        return new JsonNumber(Long.toString(value));
    }

    /** @throws IllegalArgumentException if {@code value} is infinite or not a number */
    public static JsonNumber of(double value) {
        return new JsonNumber(Double.toString(value));
    }

    /** The value if it is a whole number that fits; {@code 30.0} and {@code 3e1} are 30. */
    public OptionalLong toLong() {
        if (INTEGER.matcher(literal).matches()) {
            try {
                return OptionalLong.of(Long.parseLong(literal));
            } catch (NumberFormatException e) {
                return OptionalLong.empty(); // 19 digits and more than 2^63
            }
        }
        double value = toDouble();
        return value == Math.rint(value) && Math.abs(value) <= EXACT
                ? OptionalLong.of((long) value)
                : OptionalLong.empty();
    }

    /** The nearest double; infinite if it is too large for one. */
    public double toDouble() {
        return Double.parseDouble(literal);
    }

    @Override
    public String toString() {
        return literal;
    }
}
