package oriel;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggerContextListener;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.rolling.RollingFileAppender;
import java.io.Console;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;
import oriel.config.LogConfig;
import oriel.config.LogOutput;
import oriel.config.Redactions;
import oriel.metrics.Drops;
import oriel.metrics.Limit;

/**
 * Sets logback up from the configuration, without a file of its own, and keeps it so when something else (Micronaut does)
 * resets it. Every line passes the {@link Redactions}. Called by one thread at a time.
 */
final class Logs implements LoggerContextListener {
    /** Marks a line that tells of the end: {@code FTL} instead of {@code ERR}. */
    static final Marker FATAL = MarkerFactory.getMarker("FATAL");

    /** From this size on a log file is put aside. */
    static final long MAX_FILE_BYTES = 10L * 1024 * 1024;

    private static final int OLD_FILES = 3;

    private volatile LogConfig config;
    private final Redactions redactions;
    private final Path folder;
    private final Optional<Drops> queued;

    private Logs(LogConfig config, Redactions redactions, Path folder, Optional<Drops> queued) {
        this.config = config;
        this.redactions = redactions;
        this.folder = folder;
        this.queued = queued;
    }

    /**
     * Logs by {@code config} from now on, without ever holding up a thread that has something to say; {@link #stop} writes
     * what still waits.
     *
     * @param folder where a relative log file belongs
     * @param lost counts the lines for which there was no room
     */
    static void start(LogConfig config, Redactions redactions, Path folder, Drops lost) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            start(context, config, redactions, folder, Optional.of(lost));
        }
    }

    /** Writes what still waits, as far as it can be written at all; then logs no more. */
    static void stop() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.stop();
        }
    }

    /** The same, where whoever has something to say writes it himself unless lines may be {@code queued}. */
    static void start(
            LoggerContext context, LogConfig config, Redactions redactions, Path folder, Optional<Drops> queued) {
        context.getCopyOfListenerList().stream().filter(Logs.class::isInstance).forEach(context::removeListener);
        Logs logs = new Logs(config, redactions, folder, queued);
        context.addListener(logs);
        context.reset();
    }

    /** How many lines may wait. */
    static Limit limit(Drops lost) {
        return Limit.of("log.lines", LogQueue.LINES, "lines", "Further lines are lost, media goes on.")
                .countedBy(lost, LogQueue.LOST);
    }

    /** Whether {@link #start} was called for {@code context}. */
    static boolean isStarted(LoggerContext context) {
        return context.getCopyOfListenerList().stream().anyMatch(Logs.class::isInstance);
    }

    /** Writes by the levels of {@code config} from now on; its form and place stay as they were at the start. */
    static void levels(LogConfig config) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            levels(context, config);
        }
    }

    static void levels(LoggerContext context, LogConfig config) {
        context.getCopyOfListenerList().stream()
                .filter(Logs.class::isInstance)
                .map(Logs.class::cast)
                .forEach(logs -> {
                    LogConfig now = logs.config;
                    logs.config =
                            new LogConfig(config.level(), config.modules(), now.format(), now.output(), now.time());
                });
    }

    private void install(LoggerContext context) {
        LogLevels levels = new LogLevels(() -> config);
        levels.setContext(context);
        levels.start();
        context.addTurboFilter(levels);
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.TRACE);
        appender(context).ifPresent(appender -> {
            boolean writable = appender.isStarted();
            root.addAppender(lines(context, writable ? appender : console(context, "System.out")));
            if (!writable) {
                context.getLogger(LogLineEncoder.MAIN)
                        .warn("log.output: the file can't be written, so the log goes to standard output");
            }
        });
    }

    private LogLines lines(LoggerContext context, OutputStreamAppender<byte[]> appender) {
        LogLines lines = new LogLines(encoder(context, appender), behindQueue(context, appender));
        lines.setContext(context);
        lines.start();
        return lines;
    }

    private Appender<byte[]> behindQueue(LoggerContext context, Appender<byte[]> appender) {
        if (queued.isEmpty()) {
            return appender;
        }
        LogQueue queue = new LogQueue(queued.get());
        queue.setContext(context);
        queue.addAppender(appender);
        queue.start();
        return queue;
    }

    private Optional<OutputStreamAppender<byte[]>> appender(LoggerContext context) {
        return switch (config.output()) {
            case LogOutput.Stdout o -> Optional.of(console(context, "System.out"));
            case LogOutput.Stderr o -> Optional.of(console(context, "System.err"));
            case LogOutput.ToFile file -> Optional.of(file(context, folder.resolve(file.path())));
            case LogOutput.Nowhere o -> Optional.empty();
        };
    }

    private static OutputStreamAppender<byte[]> console(LoggerContext context, String target) {
        ConsoleAppender<byte[]> appender = new ConsoleAppender<>();
        appender.setTarget(target);
        return started(context, appender);
    }

    private static OutputStreamAppender<byte[]> file(LoggerContext context, Path path) {
        RollingFileAppender<byte[]> appender = new RollingFileAppender<>();
        appender.setFile(path.toString());
        LogFileRollover rollover = new LogFileRollover(path, MAX_FILE_BYTES, OLD_FILES);
        rollover.start();
        appender.setRollingPolicy(rollover);
        appender.setTriggeringPolicy(rollover);
        return started(context, appender);
    }

    private static OutputStreamAppender<byte[]> started(LoggerContext context, OutputStreamAppender<byte[]> appender) {
        LineEncoder encoder = new LineEncoder();
        encoder.setContext(context);
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }

    private LogLineEncoder encoder(LoggerContext context, OutputStreamAppender<byte[]> appender) {
        boolean terminal = appender instanceof ConsoleAppender
                && Optional.ofNullable(System.console())
                        .map(Console::isTerminal)
                        .orElse(false);
        LogLineEncoder.Form form = switch (config.format()) {
            case AUTO -> terminal ? LogLineEncoder.Form.COLOR : LogLineEncoder.Form.TEXT;
            case TEXT -> LogLineEncoder.Form.TEXT;
            case COLOR -> LogLineEncoder.Form.COLOR;
            case JSON -> LogLineEncoder.Form.JSON;
        };
        LogLineEncoder encoder = new LogLineEncoder(form, config.time(), redactions, ZoneId.systemDefault());
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }

    @Override
    public boolean isResetResistant() {
        return true;
    }

    @Override
    public void onReset(LoggerContext context) {
        install(context);
    }

    @Override
    public void onStart(LoggerContext context) {
        // nothing: it was set up before
    }

    @Override
    public void onStop(LoggerContext context) {
        // nothing: the context stops what was added to it
    }

    @Override
    public void onLevelChange(Logger logger, Level level) {
        // nothing: a logger's own level wins anyway
    }
}
