package oriel.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import oriel.access.Right;
import oriel.access.TokenUse;

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

    /** The page itself, which asks for a login where its questions need one. */
    @Get("/")
    @Needs(value = Right.OPEN, stream = StreamIn.NONE, page = true)
    HttpResponse<?> page(HttpRequest<?> request) {
        return file(request);
    }

    /** Scripts and styles, which hold nothing and change nothing. */
    @Get(uris = {"/ui/{+file}", "/vendor/{+file}"})
    @Needs(value = Right.OPEN, stream = StreamIn.NONE, page = true)
    HttpResponse<?> part(HttpRequest<?> request) {
        return file(request);
    }

    @Get(uris = {"/stream.html", "/webrtc.html"})
    @Needs(value = Right.VIEW, stream = StreamIn.QUERY, token = TokenUse.PAGE)
    HttpResponse<?> players(HttpRequest<?> request) {
        return file(request);
    }

    @Get("/webrtc/{id}")
    @Needs(value = Right.VIEW, stream = StreamIn.PATH, token = TokenUse.PAGE)
    HttpResponse<?> player(HttpRequest<?> request, String id) {
        return file(request);
    }

    private HttpResponse<?> file(HttpRequest<?> request) {
        return door.open(request).orElseGet(() -> Answers.text(HttpStatus.NOT_FOUND, PlainErrors.NO_PAGE));
    }

    /** {@code api.base_path} itself, without a slash behind it. */
    @Get(BasePath.ITSELF)
    @Needs(value = Right.OPEN, stream = StreamIn.NONE, page = true)
    HttpResponse<?> basePath(HttpRequest<?> request) {
        return PageDoor.moved(services.config().basePath(), request.getUri().getRawQuery());
    }
}
