package oriel.stream;

import java.util.SortedMap;
import java.util.TreeMap;
import oriel.base.Redacted;

/**
 * What makes two sources the same connection: equal keys share one {@link LiveSource}, whatever streams name them.
 *
 * @param url canonical: scheme and host in lower case, the default port left out, user and password in one form
 * @param options those of the source's {@code #key=value} that change the connection
 */
public record SourceKey(String url, SortedMap<String, String> options) {
    public SourceKey {
        options = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(options));
    }

    public SourceKey(String url) {
        this(url, new TreeMap<>());
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return Redacted.url(url) + (options.isEmpty() ? "" : "#" + options.keySet());
    }
}
