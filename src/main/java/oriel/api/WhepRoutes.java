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
import oriel.access.Right;
import oriel.access.StreamScope;
import oriel.access.TokenUse;
import oriel.base.MalformedException;
import oriel.output.webrtc.WebRtcOutput;
import oriel.output.webrtc.WebRtcViewer;
import oriel.sdp.SdpFragment;
import oriel.webrtc.LocalTransport;
import oriel.webrtc.ice.IceCredentials;

/**
 * Sessions that an answer of {@link WebRtcRoutes} named in {@code Location}: PATCH brings candidates and restarts ICE (RFC
 * 9725, 4.3, which WHEP takes over), DELETE ends them. An entity tag stands for one ICE session.
 */
@Controller("/api/webrtc")
@ExecuteOn(TaskExecutors.BLOCKING)
final class WhepRoutes {
    private static final String ANY = "*";
    private static final String GONE = "session not found";

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
    @Needs(value = Right.VIEW, stream = StreamIn.ROUTE, token = TokenUse.SESSION)
    HttpResponse<?> delete(HttpRequest<?> request) {
        Optional<String> id = Requests.query(request, "id");
        if (id.isEmpty()) {
            return unnamed();
        }
        Optional<WebRtcViewer> viewer = find(request, id.get());
        if (viewer.isEmpty()) {
            return gone();
        }
        viewer.get().close("the viewer said goodbye");
        return Answers.empty();
    }

    /** Takes candidates that the viewer found after its offer. */
    @Patch
    @Consumes(MediaType.ALL)
    @Needs(value = Right.VIEW, stream = StreamIn.ROUTE, token = TokenUse.SESSION)
    HttpResponse<?> patch(HttpRequest<byte[]> request) throws InterruptedException {
        Optional<String> id = Requests.query(request, "id");
        if (id.isEmpty()) {
            return unnamed();
        }
        Optional<WebRtcViewer> viewer = find(request, id.get());
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
                    request,
                    viewer.get(),
                    SdpFragment.parse(Requests.text(request.getBody().orElse(new byte[0]))));
        } catch (MalformedException e) {
            return Answers.text(HttpStatus.BAD_REQUEST, "The fragment cannot be used: " + e.reason() + ".");
        }
    }

    private MutableHttpResponse<?> patch(HttpRequest<?> request, WebRtcViewer viewer, SdpFragment fragment)
            throws MalformedException, InterruptedException {
        if (!fragment.ufrag().isEmpty() && !viewer.remoteIceName().equals(fragment.ufrag())) {
            return restart(request, viewer, fragment);
        }
        fragment.candidates().forEach(viewer::addCandidate);
        return HttpResponse.noContent().header(HttpHeaders.ETAG, tag(viewer));
    }

    // New credentials are a restart, whichever tag stands before them (RFC 9725, 4.3.3): media goes on meanwhile.
    private MutableHttpResponse<?> restart(HttpRequest<?> request, WebRtcViewer viewer, SdpFragment fragment)
            throws MalformedException, InterruptedException {
        IceCredentials remote = IceCredentials.parse(fragment.ufrag(), fragment.password());
        Optional<WebRtcOutput> webrtc = services.webrtc().get();
        if (webrtc.isEmpty()) {
            return Answers.text(HttpStatus.NOT_FOUND, GONE);
        }
        LocalTransport own = webrtc.get().restart(viewer, remote, Requests.door(request, false));
        fragment.candidates().forEach(viewer::addCandidate);
        SdpFragment ours = new SdpFragment(
                own.ufrag(), own.password().reveal(), own.candidates(), own.endOfCandidates(), fragment.mid());
        return HttpResponse.ok(ours.text())
                .contentType(MediaType.of(SdpFragment.TYPE))
                .header(HttpHeaders.ETAG, "\"" + own.ufrag() + "\"");
    }

    private Optional<WebRtcViewer> find(HttpRequest<?> request, String id) {
        StreamScope theirs = Requests.principal(request).streams();
        return services.webrtc()
                .get()
                .flatMap(webrtc -> webrtc.find(id))
                .filter(viewer -> theirs.allows(viewer.streamName()));
    }

    private static HttpResponse<?> unnamed() {
        return Answers.text(HttpStatus.BAD_REQUEST, "Name the session by id=.");
    }

    private static HttpResponse<?> gone() {
        return Answers.text(HttpStatus.NOT_FOUND, GONE);
    }
}
