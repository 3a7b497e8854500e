package oriel;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import oriel.config.LogConfig;
import oriel.config.LogLevel;

/**
 * Decides which lines are written: ours by their module, which is the logger's name, libraries' (a name with dots) from
 * warnings on. A logger that was given a level of its own, in a test for example, goes by that. Safe on any thread.
 */
final class LogLevels extends TurboFilter {
    /** The module that stands for all libraries. */
    static final String LIBRARIES = "lib";

    private final Supplier<LogConfig> config;

    /** @param config what holds, asked for each line */
    LogLevels(Supplier<LogConfig> config) {
        this.config = config;
    }

    /** The module that {@code loggerName} writes as. */
    static String module(String loggerName) {
        return loggerName.indexOf('.') >= 0 || loggerName.equals(org.slf4j.Logger.ROOT_LOGGER_NAME)
                ? LIBRARIES
                : loggerName;
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] parameters,
            @Nullable Throwable error) {
        if (logger.getLevel() != null && !logger.getName().equals(org.slf4j.Logger.ROOT_LOGGER_NAME)) {
            return FilterReply.NEUTRAL;
        }
        String module = module(logger.getName());
        LogConfig now = config.get();
        LogLevel from = Objects.requireNonNullElseGet(
                now.modules().get(module), () -> module.equals(LIBRARIES) ? LogLevel.WARN : now.level());
        return isWritten(from, level, Logs.FATAL.equals(marker)) ? FilterReply.ACCEPT : FilterReply.DENY;
    }

    private static boolean isWritten(LogLevel from, Level level, boolean fatal) {
        return switch (from) {
            case TRACE -> level.isGreaterOrEqual(Level.TRACE);
            case DEBUG -> level.isGreaterOrEqual(Level.DEBUG);
            case INFO -> level.isGreaterOrEqual(Level.INFO);
            case WARN -> level.isGreaterOrEqual(Level.WARN);
            case ERROR -> level.isGreaterOrEqual(Level.ERROR);
            case FATAL -> fatal;
            case DISABLED -> false;
        };
    }
}
