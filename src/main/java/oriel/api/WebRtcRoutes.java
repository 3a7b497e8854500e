package oriel.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Options;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import oriel.access.Right;
import oriel.access.TokenUse;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.base.MalformedException;
import oriel.output.webrtc.AnsweredOffer;
import oriel.peer.OfferedServers;
import oriel.sdp.SdpFragment;

/**
 * {@code /api/webrtc?src=}, and {@code /webrtc/{id}} as LightNVR writes it: an offer in, an answer with all candidates out,
 * in the four shapes of go2rtc: JSON, WHEP (draft-ietf-wish-whep-03), a form with base64, and bare SDP.
 */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class WebRtcRoutes {
    private static final String SDP = "application/sdp";

    /** As {@code Accept-Post} says it. */
    static final String ACCEPTED = SDP;

    private static final String DOOR = "/api/webrtc";
    private static final String ALIAS = "/webrtc/";

    private final Viewing viewing;
    private final ApiServices services;

    WebRtcRoutes(ApiServices services) {
        this.viewing = new Viewing(services);
        this.services = services;
    }

    /** Whether offers are taken at a path, {@code api.base_path} taken off. */
    static boolean isDoor(String path) {
        return path.equals(DOOR) || path.startsWith(ALIAS);
    }

    @Post(DOOR)
    @Consumes(MediaType.ALL)
    @Needs(value = Right.VIEW, stream = StreamIn.QUERY, token = TokenUse.SESSION_START)
    HttpResponse<?> offer(HttpRequest<byte[]> request) throws InterruptedException {
        Optional<String> src = Requests.query(request, "src");
        return src.isEmpty()
                ? Answers.text(HttpStatus.BAD_REQUEST, "Name the stream by src=.")
                : offer(request, src.get(), "webrtc");
    }

    /** The same with the stream in the path. */
    @Post(ALIAS + "{id}")
    @Consumes(MediaType.ALL)
    @Needs(value = Right.VIEW, stream = StreamIn.PATH, token = TokenUse.SESSION_START)
    HttpResponse<?> offer(HttpRequest<byte[]> request, String id) throws InterruptedException {
        return offer(request, id, "../api/webrtc");
    }

    @Options(uris = {DOOR, ALIAS + "{id}"})
    @Needs(value = Right.OPEN, stream = StreamIn.NONE)
    HttpResponse<?> options() {
        return HttpResponse.noContent()
                .header(HttpHeaders.ALLOW, "POST, OPTIONS")
                .header("Accept-Post", ACCEPTED);
    }

    // The session's address is relative to the one that was asked, for both may live under any prefix.
    private HttpResponse<?> offer(HttpRequest<byte[]> request, String src, String sessions)
            throws InterruptedException {
        Shape shape = Shape.of(Requests.contentType(request));
        Offer offer;
        try {
            offer = shape.read(request.getBody().orElse(new byte[0]));
        } catch (MalformedException e) {
            return Answers.text(HttpStatus.BAD_REQUEST, e.reason());
        }
        Viewing.Outcome outcome = viewing.offer(
                Requests.principal(request),
                src,
                Requests.query(request, "name"),
                offer.sdp(),
                Requests.door(request, false).with(offer.servers()),
                new SilentListener());
        return switch (outcome) {
            case Viewing.Outcome.Answered(AnsweredOffer answered) ->
                shape == Shape.WHEP ? session(answered, sessions) : shape.answer(answered);
            case Viewing.Outcome.UnknownStream u -> Answers.unknownStream();
            case Viewing.Outcome.Malformed malformed -> Answers.text(HttpStatus.BAD_REQUEST, malformed.sentence());
            case Viewing.Outcome.Refused no -> no.on(Answers.text(no.status(), no.sentence()));
        };
    }

    private HttpResponse<?> session(AnsweredOffer answered, String sessions) {
        MutableHttpResponse<?> created = Shape.WHEP
                .answer(answered)
                .header(
                        HttpHeaders.LOCATION,
                        sessions + "?id=" + answered.viewer().id())
                .header(HttpHeaders.ETAG, WhepRoutes.tag(answered.viewer()))
                .header("Accept-Patch", SdpFragment.TYPE);
        String iceServers = IceServerLinks.header(services.iceServers().get());
        return iceServers.isEmpty() ? created : created.header(HttpHeaders.LINK, iceServers);
    }

    /** An offer, and the servers that came with it. */
    private record Offer(String sdp, OfferedServers servers) {
        static Offer alone(String sdp) {
            return new Offer(sdp, OfferedServers.NONE);
        }
    }

    /** The four ways to write an offer, each with its way to write the answer. */
    private enum Shape {
        JSON {
            @Override
            Offer read(byte[] body) throws MalformedException {
                if (Json.parse(body) instanceof JsonObject json
                        && json.string("type").orElse("").equals("offer")) {
                    String sdp = json.string("sdp").orElseThrow(() -> new MalformedException("The offer has no sdp."));
                    return new Offer(sdp, OfferedIce.read(Optional.of(json)));
                }
                throw new MalformedException("The body must be {\"type\":\"offer\",\"sdp\":\"…\"}.");
            }

            @Override
            MutableHttpResponse<?> answer(AnsweredOffer answered) {
                return HttpResponse.ok(new SdpMessage("answer", answered.sdp()));
            }
        },
        WHEP {
            @Override
            Offer read(byte[] body) throws MalformedException {
                return Offer.alone(Requests.text(body));
            }

            @Override
            MutableHttpResponse<?> answer(AnsweredOffer answered) {
                return HttpResponse.created(answered.sdp()).contentType(MediaType.of(SDP));
            }
        },
        FORM {
            @Override
            Offer read(byte[] body) throws MalformedException {
                return Offer.alone(Forms.base64(Forms.field(body, "data")));
            }

            @Override
            MutableHttpResponse<?> answer(AnsweredOffer answered) {
                byte[] sdp = answered.sdp().getBytes(StandardCharsets.UTF_8);
                return Answers.text(HttpStatus.OK, Base64.getEncoder().encodeToString(sdp));
            }
        },
        BARE {
            @Override
            Offer read(byte[] body) throws MalformedException {
                return Offer.alone(Requests.text(body));
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

        abstract Offer read(byte[] body) throws MalformedException;

        abstract MutableHttpResponse<?> answer(AnsweredOffer answered);
    }
}
