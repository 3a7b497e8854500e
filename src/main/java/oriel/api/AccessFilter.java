package oriel.api;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import oriel.access.Entry;
import oriel.access.Principal;
import oriel.access.Refusal;

/** Stands before every route, static file and WebSocket: lets in who may, and puts the safe headers on every answer. */
@ServerFilter("/**")
final class AccessFilter {
    /** Where the principal is kept with the request. */
    static final String PRINCIPAL = "oriel.principal";

    private static final String PREFLIGHT_METHODS = "GET, POST, PUT, PATCH, DELETE, OPTIONS";
    private static final String PREFLIGHT_HEADERS = "Authorization, Content-Type, If-Match, X-Oriel";

    // What a player of another origin must be able to read (RFC 9725, 4.3 to 4.6).
    private static final String EXPOSED_HEADERS = "Location, ETag, Link, Accept-Patch, Accept-Post, Retry-After";

    private final DoorGuard guard;
    private final List<String> origins;

    AccessFilter(ApiServices services) {
        this.guard = services.guard();
        this.origins = services.config().origins();
    }

    @RequestFilter
    @Nullable HttpResponse<?> enter(HttpRequest<?> request) {
        Entry entry = guard.enter(
                peer(request),
                request.getHeaders().names(),
                request.getHeaders().getAll(HttpHeaders.HOST),
                request.getHeaders().getAll(HttpHeaders.ORIGIN));
        return switch (entry) {
            case Entry.Admitted(Principal principal) -> {
                request.setAttribute(PRINCIPAL, principal);
                yield isPreflight(request) ? preflight(request) : null;
            }
            case Entry.Refused(Refusal refusal) -> {
                // An answer from here does not come by the response filter.
                MutableHttpResponse<?> no =
                        Dialect.of(request.getPath()).say(HttpStatus.valueOf(refusal.status()), refusal.sentence());
                safeHeaders(no);
                yield no;
            }
        };
    }

    @ResponseFilter
    void leave(HttpRequest<?> request, MutableHttpResponse<?> response) {
        safeHeaders(response);
        allowOrigin(request, response);
    }

    private MutableHttpResponse<?> preflight(HttpRequest<?> request) {
        MutableHttpResponse<?> yes = HttpResponse.noContent();
        if (WebRtcRoutes.isDoor(request.getPath())) {
            yes.header("Accept-Post", WebRtcRoutes.ACCEPTED);
        }
        safeHeaders(yes);
        allowOrigin(request, yes);
        return yes;
    }

    private static void safeHeaders(MutableHttpResponse<?> response) {
        response.getHeaders().set("X-Content-Type-Options", "nosniff");
        response.getHeaders().set("Referrer-Policy", "no-referrer");
        if (!response.getHeaders().contains(HttpHeaders.CACHE_CONTROL)) {
            response.getHeaders().set(HttpHeaders.CACHE_CONTROL, "no-store");
        }
    }

    private void allowOrigin(HttpRequest<?> request, MutableHttpResponse<?> response) {
        allowedOrigin(request).ifPresent(origin -> {
            response.getHeaders().set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            response.getHeaders().set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, PREFLIGHT_METHODS);
            response.getHeaders().set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, PREFLIGHT_HEADERS);
            response.getHeaders().set("Access-Control-Expose-Headers", EXPOSED_HEADERS);
            response.getHeaders().add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        });
    }

    private Optional<String> allowedOrigin(HttpRequest<?> request) {
        if (origins.contains("*")) {
            return Optional.of("*");
        }
        // What got past the guard with an origin is ours or one that the owner named; naming ours does no harm.
        return origins.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(request.getHeaders().get(HttpHeaders.ORIGIN));
    }

    private static boolean isPreflight(HttpRequest<?> request) {
        return request.getMethod() == HttpMethod.OPTIONS
                && request.getHeaders().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
    }

    private static InetAddress peer(HttpRequest<?> request) {
        InetSocketAddress remote = request.getRemoteAddress();
        // An address that is not known is nobody's: the any-address is no loopback.
        return remote == null || remote.getAddress() == null
                ? new InetSocketAddress(0).getAddress()
                : remote.getAddress();
    }
}
