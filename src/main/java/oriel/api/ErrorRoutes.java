package oriel.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is said when no route answers: short, and nothing of our insides. */
@Controller
final class ErrorRoutes {
    private static final Logger LOG = LoggerFactory.getLogger("api");

    private final PageDoor door;

    ErrorRoutes(PageDoor door) {
        this.door = door;
    }

    /** No route is there: it may be a file of the owner's own page, which has no route of its own. */
    @Error(global = true, status = HttpStatus.NOT_FOUND)
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<?> unknown(HttpRequest<?> request) {
        return door.open(request).orElseGet(() -> Answers.text(HttpStatus.NOT_FOUND, "404 page not found"));
    }

    @Error(global = true, status = HttpStatus.METHOD_NOT_ALLOWED)
    HttpResponse<String> method(HttpRequest<?> request) {
        return Answers.text(HttpStatus.METHOD_NOT_ALLOWED, "This address does not take " + request.getMethod() + ".");
    }

    @Error(global = true)
    HttpResponse<String> tooLarge(HttpRequest<?> request, ContentLengthExceededException e) {
        return Answers.text(HttpStatus.REQUEST_ENTITY_TOO_LARGE, "The body is larger than 256 KiB.");
    }

    @Error(global = true)
    HttpResponse<String> status(HttpRequest<?> request, HttpStatusException e) {
        return Answers.text(e.getStatus(), e.getStatus().getReason());
    }

    @Error(global = true)
    HttpResponse<String> mistake(HttpRequest<?> request, Throwable e) {
        LOG.error("{} {}: our own mistake", request.getMethod(), request.getPath(), e);
        return Answers.text(HttpStatus.INTERNAL_SERVER_ERROR, "Oriel made a mistake; its log has the details.");
    }
}
