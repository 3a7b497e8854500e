package oriel.access;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Keeps the scripts of foreign web pages out: an {@code Origin}, if one was sent, must be the host that was asked, whatever
 * its port, or one that the owner named. Programs send none and pass. Immutable.
 */
public final class OriginCheck {
    private static final int STATUS = 403;
    private static final Pattern WEB_ORIGIN = Pattern.compile("https?://([^/?#@\\\\]+)");

    private final boolean any;
    private final Set<String> origins;

    /** @param origins whole origins ({@code http://nvr.lan:8012}) in any case; {@code *} allows every page, {@code null} too */
    public OriginCheck(Collection<String> origins) {
        this.any = origins.contains("*");
        this.origins = origins.stream().map(OriginCheck::canonical).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * @param originHeaders the values of all {@code Origin} headers of a request, as they came
     * @param hostHeader the value of its {@code Host} header
     */
    public Optional<Refusal> check(List<String> originHeaders, String hostHeader) {
        if (any || originHeaders.isEmpty()) {
            return Optional.empty();
        }
        if (originHeaders.size() > 1) {
            return Optional.of(new Refusal(STATUS, "A request has one Origin header; this one has several."));
        }
        String origin = originHeaders.getFirst();
        if (origins.contains(canonical(origin)) || isOurs(origin, hostHeader)) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(
                STATUS,
                "This page comes from another site. Its origin can be allowed by api.origin in the configuration."));
    }

    private static boolean isOurs(String origin, String hostHeader) {
        Matcher matcher = WEB_ORIGIN.matcher(origin.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return false; // "null" among others: a page without an origin of its own
        }
        Optional<HostName> page = HostName.parse(matcher.group(1));
        return page.isPresent() && page.equals(HostName.parse(hostHeader));
    }

    /** Lower case, without the port that the scheme implies: browsers leave it out, owners may not. */
    private static String canonical(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        if (lower.startsWith("http:") && lower.endsWith(":80")) {
            return lower.substring(0, lower.length() - 3);
        }
        return lower.startsWith("https:") && lower.endsWith(":443") ? lower.substring(0, lower.length() - 4) : lower;
    }
}
