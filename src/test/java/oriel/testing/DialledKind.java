package oriel.testing;

import java.util.Set;
import oriel.stream.Source;
import oriel.stream.SourceFactory;
import oriel.stream.SourceHint;
import oriel.stream.SourceKey;

/**
 * A kind of source of a test's own: whatever its text, it is connected to, and {@code source} runs.
 *
 * @param scheme what stands before the colon
 */
public record DialledKind(String scheme, Source source) implements SourceFactory {
    @Override
    public Set<String> schemes() {
        return Set.of(scheme);
    }

    @Override
    public SourceHint hint(String text) {
        return new SourceHint.Dial();
    }

    @Override
    public SourceKey key(String text) {
        return new SourceKey(text);
    }

    @Override
    public Source create(SourceKey key) {
        return source;
    }
}
