package oriel.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import oriel.access.Right;
import oriel.access.TokenUse;
import oriel.base.JsonObject;
import oriel.base.MalformedException;
import oriel.output.webrtc.AnsweredOffer;

/** The endpoints of RTSPtoWebRTC, which Home Assistant's integration of that name used until 2025.5. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class RtspToWebRtcRoutes {
    private final Viewing viewing;

    RtspToWebRtcRoutes(ApiServices services) {
        this.viewing = new Viewing(services);
    }

    /** The probe by which that integration knows such a server. */
    @Get("/static")
    @Needs(value = Right.KNOWN, stream = StreamIn.NONE)
    HttpResponse<String> probe() {
        return Answers.json(JsonObject.builder()
                .put("status", 1)
                .put("payload", JsonObject.empty())
                .build());
    }

    /** {@code url=} a source, {@code sdp64=} the offer; the answer holds all candidates, for this door has no trickle. */
    @Post("/stream")
    @Consumes(MediaType.ALL)
    @Needs(value = Right.VIEW, stream = StreamIn.ROUTE, token = TokenUse.SESSION_START)
    HttpResponse<?> offer(HttpRequest<byte[]> request) throws InterruptedException {
        String url;
        String sdp;
        try {
            byte[] form = request.getBody().orElse(new byte[0]);
            url = Forms.field(form, "url");
            sdp = Forms.base64(Forms.field(form, "sdp64"));
        } catch (MalformedException e) {
            return Answers.error(HttpStatus.BAD_REQUEST, e.reason(), "protocol");
        }
        Viewing.Outcome outcome = viewing.offer(
                Requests.principal(request),
                url,
                Optional.empty(),
                sdp,
                Requests.door(request, false),
                new SilentListener());
        return switch (outcome) {
            case Viewing.Outcome.Answered(AnsweredOffer answered) ->
                Answers.json(JsonObject.builder()
                        .put(
                                "sdp64",
                                Base64.getEncoder()
                                        .encodeToString(answered.sdp().getBytes(StandardCharsets.UTF_8)))
                        .build());
            case Viewing.Outcome.UnknownStream u ->
                Answers.error(
                        HttpStatus.NOT_FOUND, "There is no stream of this name, and it is no address.", "not-found");
            case Viewing.Outcome.Malformed malformed ->
                Answers.error(HttpStatus.BAD_REQUEST, malformed.sentence(), "protocol");
            case Viewing.Outcome.Refused no -> no.on(Answers.error(no.status(), no.sentence(), no.code()));
        };
    }
}
