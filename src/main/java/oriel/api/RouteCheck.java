package oriel.api;

import io.micronaut.context.annotation.Context;
import io.micronaut.web.router.Router;
import java.util.List;

/** Looks at all routes before a port opens: Oriel does not start with one that does not say what it asks for. */
@Context
final class RouteCheck {
    RouteCheck(Router router) {
        List<String> silent = router.uriRoutes()
                .filter(route -> RouteNeeds.of(route.getTargetMethod().getAnnotationMetadata())
                        .isEmpty())
                .map(route -> route.getHttpMethodName() + " " + route.getUriMatchTemplate())
                .toList();
        if (!silent.isEmpty()) {
            throw new IllegalStateException("these routes do not say by @Needs what they ask for: " + silent);
        }
    }
}
