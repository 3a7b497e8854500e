package oriel.config;

import java.util.Optional;
import java.util.function.Predicate;

/** Tells what becomes of a source without dialling it. Any thread. */
@FunctionalInterface
public interface SourceJudge {
    /**
     * Why nothing can come of {@code source}, a sentence without secrets; empty if it is worth a try.
     *
     * @param isStream whether a name is that of a stream
     */
    Optional<String> whyNot(String source, Predicate<String> isStream);
}
