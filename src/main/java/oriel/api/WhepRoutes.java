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
import io.micronaut.http.annotation.Patch;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import java.util.Optional;
import oriel.base.MalformedException;
import oriel.output.webrtc.WebRtcViewer;
import oriel.sdp.SdpFragment;

/**
 * Sessions that an answer of {@link WebRtcRoutes} named in {@code Location}: PATCH brings candidates (RFC 9725, 4.3, which
 * WHEP takes over), DELETE ends them. An entity tag stands for one ICE session.
 */
@Controller("/api/webrtc")
@ExecuteOn(TaskExecutors.BLOCKING)
final class WhepRoutes {
    private static final String ANY = "*";

    private final ApiServices services;

    WhepRoutes(ApiServices services) {
        this.services = services;
    }

    /** The entity tag of a viewer's ICE session. */
    static String tag(WebRtcViewer viewer) {
        return "\"" + viewer.iceName() + "\"";
    }

    /** Ends a viewer. */
    @Delete
    HttpResponse<?> delete(HttpRequest<?> request) {
        Optional<String> id = Requests.query(request, "id");
        if (id.isEmpty()) {
            return unnamed();
        }
        Optional<WebRtcViewer> viewer = find(id.get());
        if (viewer.isEmpty()) {
            return gone();
        }
        viewer.get().close("the viewer said goodbye");
        return Answers.empty();
    }

    /** Takes candidates that the viewer found after its offer. */
    @Patch
    @Consumes(MediaType.ALL)
    HttpResponse<?> patch(HttpRequest<byte[]> request) {
        Optional<String> id = Requests.query(request, "id");
        if (id.isEmpty()) {
            return unnamed();
        }
        Optional<WebRtcViewer> viewer = find(id.get());
        if (viewer.isEmpty()) {
            return gone();
        }
        if (!Requests.contentType(request).equals(SdpFragment.TYPE)) {
            return Answers.text(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "A session is changed by " + SdpFragment.TYPE + ".")
                    .header("Accept-Patch", SdpFragment.TYPE);
        }
        String tag = tag(viewer.get());
        List<String> asked = Requests.list(request, HttpHeaders.IF_MATCH);
        if (asked.isEmpty()) {
            return Answers.text(
                    HttpStatus.PRECONDITION_REQUIRED, "Say by If-Match which ICE session is meant: the ETag, or *.");
        }
        if (!asked.contains(ANY) && !asked.contains(tag)) {
            return Answers.text(HttpStatus.PRECONDITION_FAILED, "The ICE session has been restarted since.")
                    .header(HttpHeaders.ETAG, tag);
        }
        try {
            return patch(
                    viewer.get(),
                    SdpFragment.parse(Requests.text(request.getBody().orElse(new byte[0]))));
        } catch (MalformedException e) {
            return Answers.text(HttpStatus.BAD_REQUEST, "The fragment cannot be used: " + e.reason() + ".");
        }
    }

    private static MutableHttpResponse<?> patch(WebRtcViewer viewer, SdpFragment fragment) {
        if (!fragment.ufrag().isEmpty() && !viewer.remoteIceName().equals(fragment.ufrag())) {
            // RFC 9725, 4.3.1: what a session that only trickles says to a restart, and goes on as it was.
            return Answers.text(
                    HttpStatus.UNPROCESSABLE_ENTITY, "This session cannot restart ICE; begin anew by a POST.");
        }
        fragment.candidates().forEach(viewer::addCandidate);
        return HttpResponse.noContent().header(HttpHeaders.ETAG, tag(viewer));
    }

    private Optional<WebRtcViewer> find(String id) {
        return services.webrtc().get().flatMap(webrtc -> webrtc.find(id));
    }

    private static HttpResponse<?> unnamed() {
        return Answers.text(HttpStatus.BAD_REQUEST, "Name the session by id=.");
    }

    private static HttpResponse<?> gone() {
        return Answers.text(HttpStatus.NOT_FOUND, "session not found");
    }
}
