package oriel.access;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Keeps web pages out that reach us under a name of their own (DNS rebinding), where no login was asked: the {@code Host}
 * header must be an IP literal, a name without a dot ({@code localhost}, {@code local-oriel}), a name in {@code .local},
 * or one that the owner named. Immutable.
 */
public final class HostCheck {
    private static final int STATUS = 421;

    private final List<String> hosts;

    /** @param hosts further names in any case; {@code *.} at the start stands for any name below */
    public HostCheck(Collection<String> hosts) {
        this.hosts = hosts.stream().map(h -> h.toLowerCase(Locale.ROOT)).toList();
    }

    /** @param hostHeaders the values of all {@code Host} headers of a request, as they came */
    public Optional<Refusal> check(List<String> hostHeaders) {
        if (hostHeaders.size() != 1) {
            return refuse("A request has one Host header; this one has " + hostHeaders.size() + ".");
        }
        Optional<HostName> host = HostName.parse(hostHeaders.getFirst());
        if (host.isEmpty()) {
            return refuse("The Host header is no host and port.");
        }
        if (isAllowed(host.get())) {
            return Optional.empty();
        }
        return refuse("Oriel does not answer under the name " + host.get().name()
                + ". Use its IP address, or add the name to oriel.hosts in the configuration.");
    }

    private boolean isAllowed(HostName host) {
        String name = host.name();
        return host.address()
                || name.indexOf('.') < 0
                || name.endsWith(".local")
                || hosts.stream().anyMatch(h -> h.startsWith("*.") ? name.endsWith(h.substring(1)) : name.equals(h));
    }

    private static Optional<Refusal> refuse(String sentence) {
        return Optional.of(new Refusal(STATUS, sentence));
    }
}
