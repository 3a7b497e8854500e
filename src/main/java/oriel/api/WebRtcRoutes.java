package oriel.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Options;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.base.MalformedException;
import oriel.output.webrtc.AnsweredOffer;
import oriel.output.webrtc.WebRtcViewer;
import oriel.peer.OfferedServers;

/**
 * {@code /api/webrtc}: an offer in, an answer with all candidates out, in the four shapes of go2rtc: JSON, WHEP
 * (draft-ietf-wish-whep), a form with base64, and bare SDP.
 */
@Controller("/api/webrtc")
@ExecuteOn(TaskExecutors.BLOCKING)
final class WebRtcRoutes {
    private static final String SDP = "application/sdp";

    private final ApiServices services;
    private final Viewing viewing;

    WebRtcRoutes(ApiServices services) {
        this.services = services;
        this.viewing = new Viewing(services);
    }

    @Post
    @Consumes(MediaType.ALL)
    HttpResponse<?> offer(HttpRequest<byte[]> request) throws InterruptedException {
        Optional<String> src = Requests.query(request, "src");
        if (src.isEmpty()) {
            return Answers.text(HttpStatus.BAD_REQUEST, "Name the stream by src=.");
        }
        Shape shape = Shape.of(Requests.contentType(request));
        String sdp;
        try {
            sdp = shape.read(request.getBody().orElse(new byte[0]));
        } catch (MalformedException e) {
            return Answers.text(HttpStatus.BAD_REQUEST, e.reason());
        }
        Viewing.Outcome outcome = viewing.offer(
                Requests.principal(request),
                src.get(),
                Requests.query(request, "name"),
                sdp,
                Requests.door(request, false)
                        .with(shape.servers(request.getBody().orElse(new byte[0]))),
                new SilentListener());
        return switch (outcome) {
            case Viewing.Outcome.Answered(AnsweredOffer answered) -> shape.answer(answered);
            case Viewing.Outcome.UnknownStream u -> Answers.unknownStream();
            case Viewing.Outcome.Malformed malformed -> Answers.text(HttpStatus.BAD_REQUEST, malformed.sentence());
            case Viewing.Outcome.Refused no -> no.on(Answers.text(no.status(), no.sentence()));
        };
    }

    /** Ends a viewer that WHEP began. */
    @Delete
    HttpResponse<?> delete(HttpRequest<?> request) {
        Optional<String> id = Requests.query(request, "id");
        if (id.isEmpty()) {
            return Answers.text(HttpStatus.BAD_REQUEST, "Name the session by id=.");
        }
        Optional<WebRtcViewer> viewer = services.webrtc().get().flatMap(webrtc -> webrtc.find(id.get()));
        if (viewer.isEmpty()) {
            return Answers.text(HttpStatus.NOT_FOUND, "session not found");
        }
        viewer.get().close("the viewer said goodbye");
        return Answers.empty();
    }

    @Options
    HttpResponse<?> options() {
        return HttpResponse.noContent().header("Accept-Post", SDP);
    }

    /** The four ways to write an offer, each with its way to write the answer. */
    private enum Shape {
        JSON {
            @Override
            String read(byte[] body) throws MalformedException {
                if (Json.parse(body) instanceof JsonObject json
                        && json.string("type").orElse("").equals("offer")) {
                    return json.string("sdp").orElseThrow(() -> new MalformedException("The offer has no sdp."));
                }
                throw new MalformedException("The body must be {\"type\":\"offer\",\"sdp\":\"…\"}.");
            }

            @Override
            OfferedServers servers(byte[] body) {
                return OfferedIce.read(body);
            }

            @Override
            MutableHttpResponse<?> answer(AnsweredOffer answered) {
                return HttpResponse.ok(new SdpMessage("answer", answered.sdp()));
            }
        },
        WHEP {
            @Override
            String read(byte[] body) throws MalformedException {
                return Requests.text(body);
            }

            @Override
            MutableHttpResponse<?> answer(AnsweredOffer answered) {
                return HttpResponse.created(answered.sdp())
                        .contentType(MediaType.of(SDP))
                        .header(
                                HttpHeaders.LOCATION,
                                "webrtc?id=" + answered.viewer().id());
            }
        },
        FORM {
            @Override
            String read(byte[] body) throws MalformedException {
                return Forms.base64(Forms.field(body, "data"));
            }

            @Override
            MutableHttpResponse<?> answer(AnsweredOffer answered) {
                byte[] sdp = answered.sdp().getBytes(StandardCharsets.UTF_8);
                return Answers.text(HttpStatus.OK, Base64.getEncoder().encodeToString(sdp));
            }
        },
        BARE {
            @Override
            String read(byte[] body) throws MalformedException {
                return Requests.text(body);
            }

            @Override
            MutableHttpResponse<?> answer(AnsweredOffer answered) {
                return Answers.text(HttpStatus.OK, answered.sdp());
            }
        };

        static Shape of(String contentType) {
            return switch (contentType) {
                case "application/json" -> JSON;
                case SDP -> WHEP;
                case "application/x-www-form-urlencoded" -> FORM;
                default -> BARE;
            };
        }

        abstract String read(byte[] body) throws MalformedException;

        /** Servers that come with the offer. */
        OfferedServers servers(byte[] body) {
            return OfferedServers.NONE;
        }

        abstract MutableHttpResponse<?> answer(AnsweredOffer answered);
    }
}
