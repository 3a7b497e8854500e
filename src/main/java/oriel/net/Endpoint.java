package oriel.net;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where to dial and how to know that it is the right one.
 *
 * @param host a name or an IP literal without brackets
 * @param port 1 to 65535
 * @param tls whether and how the line is encrypted
 * @param rule which of the host's addresses may be dialled
 */
public record Endpoint(String host, int port, Tls tls, AddressRule rule) {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    public Endpoint {
        if (host.isEmpty() || port < 1 || port > 0xFFFF) {
            throw new IllegalArgumentException("no endpoint: " + host + " port " + port);
        }
        host = host.toLowerCase(Locale.ROOT);
    }

    /** Any address of the host. */
    public Endpoint(String host, int port, Tls tls) {
        this(host, port, tls, AddressRule.ANY);
    }

    /** Whether the host is an address rather than a name, so that no certificate can vouch for it. */
    public boolean literal() {
        return host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** How the line is encrypted. */
    public sealed interface Tls {
        /** Not at all. */
        record None() implements Tls {}

        /**
         * The host must prove who it is: a name by a certificate that this machine trusts, an address by the certificate
         * it showed first.
         *
         * @param advice what an owner who trusts the network can do instead, for the text of a refusal
         */
        record Verified(String advice) implements Tls {}

        /** Whoever answers is taken at his word. */
        record Unverified() implements Tls {}
    }

    /** Says no to addresses that must not be dialled; asked after names have been resolved. */
    @FunctionalInterface
    public interface AddressRule {
        /** No address is refused. */
        AddressRule ANY = address -> Optional.empty();

        /** Why {@code address} is refused, a sentence; empty if it may be dialled. */
        Optional<String> refusal(InetAddress address);
    }
}
