package oriel.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** The page at {@code /} with its modules and libraries, and the pages that hold players alone. Other files of an owner's own come by {@link OwnerFilesFilter}. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class UiRoutes {
    private final ApiServices services;
    private final PageDoor door;

    UiRoutes(ApiServices services, PageDoor door) {
        this.services = services;
        this.door = door;
    }

    @Get(uris = {"/", "/ui/{+file}", "/vendor/{+file}", "/stream.html", "/webrtc.html", "/webrtc/{id}"})
    HttpResponse<?> file(HttpRequest<?> request) {
        return door.open(request).orElseGet(() -> Answers.text(HttpStatus.NOT_FOUND, PlainErrors.NO_PAGE));
    }

    /** {@code api.base_path} itself, without a slash behind it. */
    @Get(BasePath.ITSELF)
    HttpResponse<?> basePath(HttpRequest<?> request) {
        return PageDoor.moved(services.config().basePath(), request.getUri().getRawQuery());
    }
}
