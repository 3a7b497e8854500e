package oriel.api;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.web.router.RouteAttributes;

/** Finds the files of an owner's own page where no route is, behind {@link AccessFilter}. */
@ServerFilter("/**")
final class OwnerFilesFilter implements Ordered {
    private final PageDoor door;

    OwnerFilesFilter(PageDoor door) {
        this.door = door;
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @RequestFilter
    @ExecuteOn(TaskExecutors.BLOCKING)
    @Nullable HttpResponse<?> find(HttpRequest<?> request) {
        return RouteAttributes.getRouteMatch(request).isPresent()
                ? null
                : door.open(request).orElse(null);
    }
}
