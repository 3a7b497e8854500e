package oriel.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Optional;
import oriel.access.Right;
import oriel.access.StreamScope;
import oriel.base.JsonArray;
import oriel.base.JsonObject;
import oriel.catalog.CatalogException;
import oriel.config.GatewayConfig;

/** {@code /api/preload}: which streams stay connected. Answers at once; the camera is reached later. */
@Controller("/api/preload")
@ExecuteOn(TaskExecutors.BLOCKING)
final class PreloadRoutes {
    private final ApiServices services;

    PreloadRoutes(ApiServices services) {
        this.services = services;
    }

    @Get
    @Needs(value = Right.VIEW, stream = StreamIn.ROUTE)
    HttpResponse<String> list(HttpRequest<?> request) {
        StreamScope theirs = Requests.principal(request).streams();
        JsonObject.Builder all = JsonObject.builder();
        services.preloads().all().forEach((name, query) -> {
            if (theirs.allows(name)) {
                all.put(name, preload(query));
            }
        });
        return Answers.json(all.build());
    }

    private static JsonObject preload(String query) {
        JsonObject consumer = JsonObject.builder().put("medias", JsonArray.of()).build();
        return JsonObject.builder()
                .put("query", query)
                .put("consumer", consumer)
                .build();
    }

    @Put
    @Consumes(MediaType.ALL)
    @Needs(value = Right.ADD, stream = StreamIn.QUERY)
    HttpResponse<?> put(HttpRequest<?> request) {
        Optional<String> src = Requests.query(request, "src");
        if (src.isEmpty()) {
            return Answers.text(HttpStatus.BAD_REQUEST, "Name the stream by src=.");
        }
        try {
            services.preloads().add(src.get(), GatewayConfig.DEFAULT_PRELOAD);
            return Answers.empty();
        } catch (CatalogException e) {
            return Answers.text(Answers.status(e.reason()), e.sentence());
        }
    }

    @Delete
    @Consumes(MediaType.ALL)
    @Needs(value = Right.ADD, stream = StreamIn.QUERY)
    HttpResponse<?> delete(HttpRequest<?> request) {
        Optional<String> src = Requests.query(request, "src");
        if (src.isEmpty()) {
            return Answers.text(HttpStatus.BAD_REQUEST, "Name the stream by src=.");
        }
        services.preloads().remove(src.get());
        return Answers.empty();
    }
}
