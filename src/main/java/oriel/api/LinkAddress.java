package oriel.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import oriel.access.Door;
import oriel.base.Secret;

/** Where a link leads: the player page, on the host that was asked. */
final class LinkAddress {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]");
    private static final Pattern AUTHORITY = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?");

    private final ApiServices services;

    LinkAddress(ApiServices services) {
        this.services = services;
    }

    /** Through Home Assistant the visitor would have to be its user, so that link leads to the API's own port. */
    String of(HttpRequest<?> request, String stream, Secret token) {
        return root(request) + services.config().basePath() + "/stream.html?src="
                + URLEncoder.encode(stream, StandardCharsets.UTF_8) + "&token=" + token.reveal();
    }

    private String root(HttpRequest<?> request) {
        boolean named = services.guard().believes(request);
        String asked = Optional.ofNullable(named ? request.getHeaders().get("X-Forwarded-Host") : null)
                .or(() -> Optional.ofNullable(request.getHeaders().get(HttpHeaders.HOST)))
                .orElse("");
        if (DoorChannel.door(request) == Door.INGRESS) {
            String host = Requests.withoutPort(asked);
            Optional<Integer> port = services.config().listen().map(listen -> listen.port());
            return HOST.matcher(host).matches() && port.isPresent() ? "http://" + host + ":" + port.get() : "";
        }
        boolean tls = named && "https".equals(request.getHeaders().get("X-Forwarded-Proto"));
        return AUTHORITY.matcher(asked).matches() ? (tls ? "https://" : "http://") + asked : "";
    }
}
