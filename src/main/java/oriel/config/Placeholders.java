package oriel.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps {@code ${VAR}} and {@code ${VAR:default}} out of the YAML parser's sight, to which its braces and colon mean
 * something: before parsing each is replaced by a word of private-use characters, afterwards that word by the variable's
 * value. So a value can never be read as YAML, and a variable in a comment is not missed. For one text and one thread.
 */
final class Placeholders {
    private static final char OPEN = '\uE000';
    private static final char CLOSE = '\uE001';
    private static final Pattern VARIABLE =
            Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_.-]{0,127})(:[^{}\\r\\n]*+)?}|" + OPEN);
    private static final Pattern HIDDEN = Pattern.compile(OPEN + "(\\d{1,7})" + CLOSE);

    private final List<MatchResult> found = new ArrayList<>();

    /** {@code text} with a word in place of each variable. */
    String hide(String text) {
        Matcher matcher = VARIABLE.matcher(text);
        StringBuilder hidden = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(hidden, "" + OPEN + found.size() + CLOSE);
            found.add(matcher.toMatchResult());
        }
        return matcher.appendTail(hidden).toString();
    }

    /** {@code text}, which came out of what {@link #hide} gave, with the variables' values. */
    ConfigNode.Scalar fill(String text, boolean plain, Place place, Variables variables) {
        List<String> filled = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        Matcher matcher = HIDDEN.matcher(text);
        StringBuilder result = new StringBuilder();
        boolean any = false;
        while (matcher.find()) {
            int index = Integer.parseInt(matcher.group(1));
            if (index < found.size()) {
                any = true;
                String value = value(found.get(index), variables, filled, missing);
                matcher.appendReplacement(result, Matcher.quoteReplacement(value));
            }
        }
        return new ConfigNode.Scalar(matcher.appendTail(result).toString(), plain && !any, filled, missing, place);
    }

    private static String value(MatchResult variable, Variables variables, List<String> filled, List<String> missing) {
        String name = variable.group(1);
        if (name == null) {
            return String.valueOf(OPEN); // it was in the text itself
        }
        Optional<String> value = variables.value(name);
        if (value.isPresent()) {
            filled.add(value.get());
            return value.get();
        }
        String fallback = variable.group(2);
        if (fallback != null) {
            return fallback.substring(1);
        }
        missing.add(name);
        return variable.group();
    }
}
