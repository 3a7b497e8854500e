package oriel.homeassistant.supervisor;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import oriel.base.JsonObject;

/**
 * What Core says of itself ({@code GET /api/config}).
 *
 * @param version as in {@code 2026.11.0}
 * @param running whether it has started wholly
 * @param internalUrl where it is reached at home, if its owner set that
 */
public record CoreInfo(String version, boolean running, Optional<URI> internalUrl) {
    static CoreInfo of(JsonObject data) {
        return new CoreInfo(
                data.string("version").filter(CoreInfo::isVersion).orElse(""),
                data.string("state").orElse("").equals("RUNNING"),
                data.string("internal_url").flatMap(CoreInfo::url));
    }

    private static boolean isVersion(String text) {
        return text.length() <= 32 && text.matches("[0-9A-Za-z.]+");
    }

    private static Optional<URI> url(String text) {
        try {
            URI url = new URI(text);
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            return http && url.getHost() != null ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
