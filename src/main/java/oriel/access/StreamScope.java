package oriel.access;

import java.util.Optional;
import java.util.Set;

/**
 * Which streams are there for somebody, by their exact names; for all others they hear the same as for ones that do not
 * exist.
 *
 * @param names the only ones; empty for every stream
 */
public record StreamScope(Optional<Set<String>> names) {
    /** Every stream, and every address that the source policy lets them add. */
    public static final StreamScope ALL = new StreamScope(Optional.empty());

    public StreamScope {
        names = names.map(Set::copyOf);
    }

    /** These and no others. */
    public static StreamScope only(Set<String> names) {
        return new StreamScope(Optional.of(names));
    }

    /** Whether all that is there by {@code other} is there by this one too. */
    boolean covers(StreamScope other) {
        return names.isEmpty()
                || other.names()
                        .filter(theirs -> names.get().containsAll(theirs))
                        .isPresent();
    }

    public boolean allows(String name) {
        return names.isEmpty() || names.get().contains(name);
    }
}
