package oriel.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import java.util.Optional;
import oriel.stream.LiveStream;

/** Our own routes for the page. */
@Controller("/api/oriel")
final class OrielRoutes {
    private final ApiServices services;

    OrielRoutes(ApiServices services) {
        this.services = services;
    }

    /** A person wants a camera that waits to be tried now. */
    @Post("/try")
    @Consumes(MediaType.ALL)
    HttpResponse<?> tryNow(HttpRequest<?> request) {
        Optional<LiveStream> stream = Requests.query(request, "src")
                .flatMap(name -> services.catalog().find(name));
        if (stream.isEmpty()) {
            return Answers.error(HttpStatus.NOT_FOUND, "There is no stream of this name.", "not-found");
        }
        stream.get().tryNow();
        return HttpResponse.noContent();
    }

    /** The chain from a camera's name to its tracks, for "Why is it not playing?". */
    @Get("/explain")
    HttpResponse<String> explain(HttpRequest<?> request) {
        return Requests.query(request, "src")
                .flatMap(name -> services.catalog().find(name))
                .map(stream -> Answers.json(Explanation.of(stream)))
                .orElseGet(() -> Answers.error(HttpStatus.NOT_FOUND, "There is no stream of this name.", "not-found"));
    }
}
