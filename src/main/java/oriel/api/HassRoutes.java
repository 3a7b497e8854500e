package oriel.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import oriel.access.Right;
import oriel.access.Role;
import oriel.base.JsonArray;
import oriel.base.JsonObject;
import oriel.base.JsonValue;
import oriel.homeassistant.camera.HassImport;
import oriel.homeassistant.camera.HassListing;

/** {@code GET /api/hass}: the cameras that Home Assistant knows, as go2rtc lists them, and why some cannot be had. */
@Controller("/api/hass")
@ExecuteOn(TaskExecutors.BLOCKING)
final class HassRoutes {
    private final ApiServices services;

    HassRoutes(ApiServices services) {
        this.services = services;
    }

    @Get
    @Needs(value = Right.VIEW, stream = StreamIn.ROUTE)
    HttpResponse<String> list(HttpRequest<?> request) {
        Role role = Requests.principal(request).role();
        boolean all = Requests.principal(request).streams().names().isEmpty();
        if (!role.mayAdd() || !all) {
            return Answers.text(HttpStatus.FORBIDDEN, "You may not see which cameras could be added.");
        }
        Optional<List<HassListing>> cameras = services.hass().flatMap(HassImport::cameras);
        if (cameras.isEmpty()) {
            return Answers.text(HttpStatus.NOT_FOUND, "no hass config");
        }
        if (cameras.get().isEmpty()) {
            return Answers.text(HttpStatus.NOT_FOUND, "no sources");
        }
        List<JsonValue> items = cameras.get().stream()
                .map(camera ->
                        item(camera, role.seesAddresses() ? UnaryOperator.identity() : services.redactions()::text))
                .toList();
        return Answers.json(
                JsonObject.builder().put("sources", new JsonArray(items)).build());
    }

    private static JsonValue item(HassListing camera, UnaryOperator<String> shown) {
        JsonObject.Builder item =
                JsonObject.builder().put("name", camera.title()).put("url", "hass:" + camera.title());
        camera.location().ifPresent(url -> item.put("location", shown.apply(url)));
        camera.entityId().ifPresent(id -> item.put("entity_id", id));
        camera.stream().ifPresent(name -> item.put("stream", name));
        camera.error().ifPresent(sentence -> item.put("error", shown.apply(sentence)));
        return item.build();
    }
}
