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
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.web.router.MethodBasedRouteInfo;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteMatch;
import java.util.List;
import java.util.Optional;
import oriel.access.Entry;
import oriel.access.Principal;
import oriel.access.Refusal;
import oriel.access.Right;
import oriel.access.StreamScope;
import oriel.metrics.Drops;

/**
 * Stands before every route, static file and WebSocket: lets in who has the right that the route declared and to whom its
 * stream is there, puts the safe headers on every answer, and keeps account of what was changed.
 */
@ServerFilter("/**")
final class AccessFilter {
    /** Where the principal is kept with the request. */
    static final String PRINCIPAL = "oriel.principal";

    private static final String PREFLIGHT_METHODS = "GET, POST, PUT, PATCH, DELETE, OPTIONS";
    private static final String PREFLIGHT_HEADERS = "Authorization, Content-Type, If-Match, X-Oriel";

    // What a player of another origin must be able to read (RFC 9725, 4.3 to 4.6), and the age of a still.
    private static final String EXPOSED_HEADERS =
            "Location, ETag, Link, Accept-Patch, Accept-Post, Retry-After, X-Frame-Age";
    private static final Refusal TOO_MANY =
            new Refusal(429, "You have too many pages, players and requests open here. Close some, then try again.", 5);
    private static final String CHALLENGE = "Basic realm=\"Oriel\", charset=\"UTF-8\"";

    private final DoorGuard guard;
    private final List<String> origins;
    private final boolean ownersPage;
    private final Drops drops;

    AccessFilter(ApiServices services) {
        this.guard = services.guard();
        this.origins = services.config().origins();
        this.drops = services.limits().http();
        this.ownersPage = !services.config().staticDir().isEmpty();
    }

    @RequestFilter
    @ExecuteOn(TaskExecutors.BLOCKING)
    @Nullable HttpResponse<?> enter(HttpRequest<?> request) throws InterruptedException {
        if (isPreflight(request)) {
            return guard.preflight(request)
                    .<HttpResponse<?>>map(no -> refuse(request, no))
                    .orElseGet(() -> preflight(request));
        }
        Optional<RouteMatch<?>> route = RouteAttributes.getRouteMatch(request);
        RouteNeeds needs = route.flatMap(AccessFilter::declared).orElse(RouteNeeds.ELSEWHERE);
        if (needs.right() == Right.OPEN && !(needs.page() && ownersPage)) {
            return null;
        }
        RouteNeeds asked = needs.right() == Right.OPEN ? RouteNeeds.ELSEWHERE : needs;
        Entry entry = guard.enter(request, DoorChannel.door(request), asked);
        return switch (entry) {
            case Entry.Admitted(Principal who, boolean login) -> {
                request.setAttribute(PRINCIPAL, who);
                if (!hasRoom(request, who)) {
                    yield refuse(request, TOO_MANY);
                }
                yield theirs(who.streams(), asked, route, request) ? null : refuse(request, Adding.notTheirs());
            }
            case Entry.Refused(Refusal refusal) -> refuse(request, refusal);
        };
    }

    // Where many come from one peer, none of them may have all that it takes.
    private static boolean hasRoom(HttpRequest<?> request, Principal who) {
        Optional<String> user = who.key();
        Optional<ConnectionPlace> place = ConnectionPlace.of(request);
        return user.isEmpty() || place.isEmpty() || place.get().carries(user.get());
    }

    @ResponseFilter
    void leave(HttpRequest<?> request, MutableHttpResponse<?> response) {
        safeHeaders(response);
        allowOrigin(request, response);
        RouteAttributes.getRouteMatch(request)
                .flatMap(AccessFilter::declared)
                .filter(needs -> needs.right().changes())
                .ifPresent(needs -> AuditLog.tell(request, response.code()));
    }

    private static Optional<RouteNeeds> declared(RouteMatch<?> route) {
        return route.getRouteInfo() instanceof MethodBasedRouteInfo<?, ?> method
                ? RouteNeeds.of(method.getTargetMethod().getAnnotationMetadata())
                : Optional.empty();
    }

    private static boolean theirs(
            StreamScope streams, RouteNeeds needs, Optional<RouteMatch<?>> route, HttpRequest<?> request) {
        return switch (needs.stream()) {
            case NONE, ROUTE -> true;
            case QUERY -> Requests.queries(request, "src").stream().allMatch(streams::allows);
            case PATH ->
                route.map(match -> match.getVariableValues().get("id"))
                        .filter(String.class::isInstance)
                        .map(id -> streams.allows((String) id))
                        .orElse(streams.names().isEmpty());
        };
    }

    // An answer from here does not come by the response filter.
    private MutableHttpResponse<?> refuse(HttpRequest<?> request, Refusal refusal) {
        MutableHttpResponse<?> no =
                Dialect.of(request.getPath()).say(HttpStatus.valueOf(refusal.status()), refusal.sentence());
        // Our page asks by itself; a browser's own window would only stand before it.
        if (refusal.asksForLogin() && !request.getHeaders().contains("X-Oriel")) {
            no.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
        }
        boolean shown = request.getHeaders().contains(HttpHeaders.AUTHORIZATION)
                || request.getParameters().contains("token");
        if (refusal.asksForLogin() && shown) {
            drops.count("login-wrong");
        } else if (refusal.status() == HttpStatus.TOO_MANY_REQUESTS.getCode() && !refusal.equals(TOO_MANY)) {
            drops.count("login-slowed");
        }
        if (refusal.retrySeconds() > 0) {
            no.getHeaders().set(HttpHeaders.RETRY_AFTER, Integer.toString(refusal.retrySeconds()));
        }
        safeHeaders(no);
        AuditLog.tellRefused(request, refusal);
        return no;
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
        SafeHeaders.ALWAYS.forEach((name, value) -> response.getHeaders().set(name, value));
        SafeHeaders.UNLESS_SAID.forEach((name, value) -> {
            if (!response.getHeaders().contains(name)) {
                response.getHeaders().set(name, value);
            }
        });
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
}
