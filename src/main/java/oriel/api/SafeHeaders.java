package oriel.api;

import java.util.Map;

/** The headers that keep browsers from guessing, keeping, framing and telling on; on every answer. */
final class SafeHeaders {
    /** What is set on each answer whatever a route says. */
    static final Map<String, String> ALWAYS =
            Map.of("X-Content-Type-Options", "nosniff", "Referrer-Policy", "no-referrer");

    /** What stands unless a route says otherwise: our pages have a policy of their own. */
    static final Map<String, String> UNLESS_SAID = Map.of(
            "Cache-Control", "no-store", "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");

    private SafeHeaders() {}
}
