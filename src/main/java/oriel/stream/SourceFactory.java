package oriel.stream;

import java.time.Duration;
import java.util.Set;
import oriel.base.FailureException;

/** Brings in one kind of source; claims the URL schemes of it. Safe on any thread; nothing here dials or blocks. */
public interface SourceFactory {
    /** Without colon, lower case: {@code rtsp}, {@code rtsps}. */
    Set<String> schemes();

    /** What {@code source}, a URL with one of {@link #schemes()}, could offer. */
    SourceHint hint(String source);

    /**
     * The connection that {@code source} stands for.
     *
     * @throws FailureException ({@code unsupported}) if the URL makes no sense, in words for its owner
     */
    SourceKey key(String source) throws FailureException;

    /** How long a connection of this kind stays after the last who wanted it; children and transcodes say 2 s. */
    default Duration linger() {
        return Duration.ofSeconds(10);
    }

    /** A source for {@code key}, which came from {@link #key}; it is at rest until run. */
    Source create(SourceKey key);
}
