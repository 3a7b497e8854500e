package oriel.config;

import java.util.Locale;
import java.util.Optional;

/** From which weight on a module's lines are written. */
public enum LogLevel {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR,
    FATAL,
    /** Nothing is written. */
    DISABLED;

    /** By go2rtc's names, in any case; {@code warning} and {@code panic} are taken too. */
    static Optional<LogLevel> named(String name) {
        return Optional.ofNullable(
                switch (name.toLowerCase(Locale.ROOT)) {
                    case "trace" -> TRACE;
                    case "debug" -> DEBUG;
                    case "info" -> INFO;
                    case "warn", "warning" -> WARN;
                    case "error" -> ERROR;
                    case "fatal", "panic" -> FATAL;
                    case "disabled" -> DISABLED;
                    default -> null;
                });
    }
}
