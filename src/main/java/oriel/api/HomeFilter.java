package oriel.api;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import oriel.homeassistant.supervisor.IntegrationCalls;

/** Notes when Home Assistant asks. Stands behind the doors, so that it sees those who were let in. */
@ServerFilter("/**")
@Order(Ordered.LOWEST_PRECEDENCE)
final class HomeFilter {
    private final IntegrationCalls calls;

    HomeFilter(ApiServices services) {
        this.calls = services.home().calls();
    }

    @RequestFilter
    void enter(HttpRequest<?> request) {
        String userAgent = request.getHeaders().get(HttpHeaders.USER_AGENT);
        if (userAgent != null) {
            calls.saw(request.getPath(), userAgent);
        }
    }
}
