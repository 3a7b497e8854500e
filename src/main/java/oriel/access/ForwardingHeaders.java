package oriel.access;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** The headers by which a proxy shows itself: behind one, the peer's address says nothing about who asks. */
final class ForwardingHeaders {
    private ForwardingHeaders() {}

    /** The first of {@code headerNames}, in any case, that a proxy adds. */
    static Optional<String> find(Collection<String> headerNames) {
        return headerNames.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(ForwardingHeaders::isOne)
                .findFirst();
    }

    private static boolean isOne(String name) {
        return name.equals("forwarded")
                || name.equals("via")
                || name.equals("x-real-ip") // all that many nginx examples set
                || name.equals("x-forwarded")
                || name.startsWith("x-forwarded-");
    }
}
