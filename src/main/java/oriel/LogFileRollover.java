package oriel;

import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.rolling.RollingPolicy;
import ch.qos.logback.core.rolling.RolloverFailure;
import ch.qos.logback.core.rolling.TriggeringPolicy;
import ch.qos.logback.core.rolling.helper.CompressionMode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Keeps a few old log files: {@code go2rtc.log} becomes {@code go2rtc.log.1}, that {@code .2}, and the last one goes.
 * Logback's own policies read the path as a pattern, which no folder with a percent sign in it survives, and look at the
 * size once a minute. Called under the appender's lock.
 */
final class LogFileRollover implements RollingPolicy, TriggeringPolicy<byte[]> {
    private final Path file;
    private final long maxBytes;
    private final int oldFiles;
    private boolean started;

    /**
     * @param maxBytes from this size on the file is put aside
     * @param oldFiles how many are kept, at least 1
     */
    LogFileRollover(Path file, long maxBytes, int oldFiles) {
        this.file = file;
        this.maxBytes = maxBytes;
        this.oldFiles = oldFiles;
    }

    @Override
    public boolean isTriggeringEvent(File activeFile, byte[] line) {
        return activeFile.length() >= maxBytes;
    }

    @Override
    public void rollover() throws RolloverFailure {
        try {
            for (int i = oldFiles; i > 0; i--) {
                Path younger = i == 1 ? file : old(i - 1);
                if (Files.exists(younger)) {
                    Files.move(younger, old(i), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new RolloverFailure("can't put " + file + " aside", e);
        }
    }

    private Path old(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    @Override
    public String getActiveFileName() {
        return file.toString();
    }

    @Override
    public CompressionMode getCompressionMode() {
        return CompressionMode.NONE;
    }

    @Override
    public void setParent(FileAppender<?> appender) {
        // not needed: the file is known
    }

    @Override
    public void start() {
        started = true;
    }

    @Override
    public void stop() {
        started = false;
    }

    @Override
    public boolean isStarted() {
        return started;
    }
}
