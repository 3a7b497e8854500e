package oriel.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import java.util.Optional;
import java.util.TreeSet;
import oriel.access.Right;
import oriel.base.JsonArray;

/** What this server is and whether it lives. Never waits for anything. */
@Controller
final class InfoRoutes {
    private final ApiServices services;

    InfoRoutes(ApiServices services) {
        this.services = services;
    }

    /** As go2rtc's clients read it: {@code version} is one that they accept; ours stands beside it. */
    @Get(uris = {"/api", "/api/info"})
    @Needs(value = Right.KNOWN, stream = StreamIn.NONE)
    ServerInfo info(HttpRequest<?> request) {
        About about = services.about();
        String host =
                Optional.ofNullable(request.getHeaders().get(HttpHeaders.HOST)).orElse("");
        boolean admin = Requests.principal(request).role().may(Right.ADMIN);
        String config = admin ? about.configPath() : "";
        return new ServerInfo(about.compatVersion(), about.version(), about.revision(), config, host, RtspInfo.none());
    }

    /** The schemes of sources that clients may name; the demo is ours alone. */
    @Get("/api/schemes")
    @Needs(value = Right.KNOWN, stream = StreamIn.NONE)
    HttpResponse<String> schemes() {
        TreeSet<String> schemes = new TreeSet<>(services.streams().schemes());
        schemes.remove("demo");
        return Answers.json(JsonArray.ofStrings(schemes));
    }

    /** Alive: the doors answer. */
    @Get(uris = {"/livez", "/health"})
    @Produces("text/plain")
    @Needs(value = Right.OPEN, stream = StreamIn.NONE)
    HttpResponse<String> live() {
        return Answers.text(HttpStatus.OK, "ok");
    }

    /** Every bound: how full it is, what happens when it is, and how often that happened since the start. */
    @Get("/api/oriel/limits")
    @Needs(value = Right.ADMIN, stream = StreamIn.NONE)
    HttpResponse<String> limits() {
        return Answers.json(services.limits().json());
    }
}
