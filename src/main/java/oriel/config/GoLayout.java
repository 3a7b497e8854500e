package oriel.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Go writes a layout as one certain moment would look: 2 January 2006, 15:04:05. */
final class GoLayout {
    private static final Pattern TOKEN = Pattern.compile(
            "2006|January|Jan|Monday|Mon|MST|Z07:00|-07:00|-0700|15|01|02|03|04|05|06|PM|[.,]0{1,9}|[.,]9{1,9}|[A-Za-z']");

    private GoLayout() {}

    static boolean isOne(String text) {
        return text.contains("2006") || text.contains("15:04") || text.contains("03:04") || text.contains("04:05");
    }

    static String toPattern(String layout) {
        Matcher matcher = TOKEN.matcher(layout);
        StringBuilder pattern = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(pattern, Matcher.quoteReplacement(javaLetters(matcher.group())));
        }
        return matcher.appendTail(pattern).toString();
    }

    private static String javaLetters(String token) {
        return switch (token) {
            case "2006" -> "yyyy";
            case "06" -> "yy";
            case "January" -> "MMMM";
            case "Jan" -> "MMM";
            case "01" -> "MM";
            case "Monday" -> "EEEE";
            case "Mon" -> "EEE";
            case "02" -> "dd";
            case "15" -> "HH";
            case "03" -> "hh";
            case "04" -> "mm";
            case "05" -> "ss";
            case "PM" -> "a";
            case "MST" -> "zzz";
            case "Z07:00" -> "XXX";
            case "-07:00" -> "xxx";
            case "-0700" -> "xx";
            case "'" -> "''";
            default -> token.length() > 1 ? token.charAt(0) + "S".repeat(token.length() - 1) : "'" + token + "'";
        };
    }
}
