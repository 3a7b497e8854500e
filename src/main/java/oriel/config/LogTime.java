package oriel.config;

import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The time at the start of each log line. */
public sealed interface LogTime {
    /** What counts since 1970 in the JSON form; the others show {@code HH:mm:ss.SSS} whatever the unit, as go2rtc does. */
    enum Unix implements LogTime {
        MILLIS,
        MICROS,
        NANOS
    }

    /** No time at all: something else stamps the lines. */
    record None() implements LogTime {}

    /** By a pattern of {@link DateTimeFormatter}, in every form. */
    record Layout(String pattern) implements LogTime {
        /** The pattern in use; it was tried when it was read. */
        public DateTimeFormatter formatter() {
            return DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
        }

        private boolean works() {
            try {
                return !formatter()
                        .format(ZonedDateTime.of(2026, 1, 2, 15, 4, 5, 0, ZoneOffset.UTC))
                        .isEmpty();
            } catch (IllegalArgumentException | DateTimeException e) {
                return false;
            }
        }
    }

    /** {@code UNIXMS}, {@code UNIXMICRO}, {@code UNIXNANO}, nothing, or a layout as Go or Java write it. */
    static LogTime parse(String text) throws RuleException {
        return switch (text) {
            case "UNIXMS" -> Unix.MILLIS;
            case "UNIXMICRO" -> Unix.MICROS;
            case "UNIXNANO" -> Unix.NANOS;
            case "" -> new None();
            default -> {
                Layout layout = new Layout(GoLayout.isOne(text) ? GoLayout.toPattern(text) : text);
                if (!layout.works()) {
                    throw new RuleException(
                            "is no layout of a time", "Write \"HH:mm:ss.SSS\", \"15:04:05.000\" or \"UNIXMS\"");
                }
                yield layout;
            }
        };
    }
}
