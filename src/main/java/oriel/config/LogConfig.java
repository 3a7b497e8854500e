package oriel.config;

import java.util.Map;

/**
 * The log ({@code log}).
 *
 * @param level of every module that has none of its own; default info
 * @param modules a module's own level: {@code rtsp} to {@code DEBUG}; {@code lib} stands for all libraries, which write
 *     from warnings on; default none
 * @param format default {@link LogFormat#AUTO}
 * @param output default standard output
 * @param time default {@link LogTime.Unix#MILLIS}
 */
public record LogConfig(
        LogLevel level, Map<String, LogLevel> modules, LogFormat format, LogOutput output, LogTime time) {
    public LogConfig {
        modules = Map.copyOf(modules);
    }

    /** What holds before a configuration is read. */
    public static LogConfig defaults() {
        return new LogConfig(LogLevel.INFO, Map.of(), LogFormat.AUTO, new LogOutput.Stdout(), LogTime.Unix.MILLIS);
    }
}
