package oriel.access;

import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import oriel.config.AddressRange;

/**
 * From where a request came. A proxy shows itself by its headers; what those say is believed from the proxies that the
 * owner named, and from nobody else.
 *
 * @param address the far end as far as it is known
 * @param proxied whether somebody stands between
 * @param known whether whoever stands between is one that the owner named, and said for whom
 */
record Caller(InetAddress address, boolean proxied, boolean known) {
    private static final int MAX_HOPS = 16;
    private static final Pattern LITERAL = Pattern.compile(
            "(\\d{1,3}(?:\\.\\d{1,3}){3})(?::\\d{1,5})?|\\[?([0-9A-Fa-f:.]{2,45})](?::\\d{1,5})?|([0-9A-Fa-f:.]{2,45})");

    /** @param forwardedFor the lines of {@code X-Forwarded-For} */
    static Caller of(
            InetAddress peer, Collection<String> headerNames, List<String> forwardedFor, List<AddressRange> trusted) {
        boolean proxied = ForwardingHeaders.find(headerNames).isPresent();
        if (!proxied || !isTrusted(peer, trusted)) {
            return new Caller(peer, proxied, false);
        }
        InetAddress address = peer;
        boolean known = false;
        List<String> hops = List.of(String.join(",", forwardedFor).split(",", -1));
        // The last is what our proxy saw; those before it may be anybody's invention.
        for (int i = hops.size() - 1; i >= Math.max(0, hops.size() - MAX_HOPS) && isTrusted(address, trusted); i--) {
            Optional<InetAddress> hop = literal(hops.get(i).strip());
            known = hop.isPresent();
            if (!known) {
                break; // The proxy's own address says nothing of who is behind it.
            }
            address = hop.get();
        }
        return new Caller(address, true, known);
    }

    /** Whether the address is one of a home's own network. */
    boolean isNear() {
        byte[] b = address.getAddress();
        int first = b[0] & 0xFF;
        int second = b[1] & 0xFF;
        if (b.length == 4) {
            return first == 10
                    || (first == 172 && (second & 0xF0) == 16)
                    || (first == 192 && second == 168)
                    || (first == 169 && second == 254);
        }
        return (first & 0xFE) == 0xFC || (first == 0xFE && (second & 0xC0) == 0x80);
    }

    static boolean isTrusted(InetAddress address, List<AddressRange> trusted) {
        return trusted.stream().anyMatch(range -> range.contains(address));
    }

    private static Optional<InetAddress> literal(String text) {
        var matcher = LITERAL.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String four = matcher.group(1);
        String bracketed = matcher.group(2);
        try {
            return Optional.of(InetAddress.ofLiteral(four != null ? four : bracketed != null ? bracketed : text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
