package oriel.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Optional;
import oriel.access.Refusal;
import oriel.access.Right;
import oriel.access.TokenUse;
import oriel.base.MalformedException;
import oriel.output.still.NoStillException;
import oriel.output.still.Still;
import oriel.stream.LiveStream;
import oriel.worker.StillSize;

/**
 * {@code GET /api/frame.jpeg?src=}: a stream's picture, as go2rtc's clients ask for it. {@code width} and {@code height} are the
 * box it is fitted into; of go2rtc's further parameters {@code cache} and {@code hw} have nothing to do here.
 */
@Controller("/api/frame.jpeg")
@ExecuteOn(TaskExecutors.BLOCKING)
final class StillRoutes {
    /** How old the picture is, whole seconds. */
    static final String AGE = "X-Frame-Age";

    private static final int MAX_DIGITS = 5;
    private static final int ROUND_MILLIS = 500;

    private final ApiServices services;
    private final StreamFinder finder;

    StillRoutes(ApiServices services) {
        this.services = services;
        this.finder = new StreamFinder(services);
    }

    @Get
    @Needs(value = Right.VIEW, stream = StreamIn.QUERY, token = TokenUse.MEDIA)
    HttpResponse<?> frame(HttpRequest<?> request) throws InterruptedException {
        StillSize size;
        try {
            size = new StillSize(side(request, "width", "w"), side(request, "height", "h"));
        } catch (MalformedException e) {
            return Answers.text(HttpStatus.BAD_REQUEST, e.reason());
        }
        if (Requests.query(request, "rotate")
                .filter(angle -> !angle.equals("0"))
                .isPresent()) {
            return Answers.text(HttpStatus.NOT_IMPLEMENTED, "This version of Oriel does not rotate pictures.");
        }
        Optional<String> src = Requests.query(request, "src");
        if (src.isEmpty()) {
            return Answers.unknownStream();
        }
        return switch (finder.find(Requests.principal(request), src.get(), Requests.query(request, "name"))) {
            case StreamFinder.Result.Unknown _ -> Answers.unknownStream();
            case StreamFinder.Result.Refused(Refusal no) ->
                Answers.text(HttpStatus.valueOf(no.status()), no.sentence());
            case StreamFinder.Result.Found(LiveStream stream, Runnable release) -> still(stream, size, release);
        };
    }

    private HttpResponse<?> still(LiveStream stream, StillSize size, Runnable release) throws InterruptedException {
        try {
            Still still = services.stills().take(stream, size, release);
            long seconds = still.age().plusMillis(ROUND_MILLIS).toSeconds();
            return HttpResponse.ok(still.jpeg().toArray())
                    .contentType(MediaType.IMAGE_JPEG_TYPE)
                    .header(AGE, Long.toString(seconds));
        } catch (NoStillException e) {
            // Always 503, for Home Assistant shows a broken tile for it and asks again; an empty 200 it takes for a
            // fault of its own.
            MutableHttpResponse<String> no =
                    Answers.text(HttpStatus.SERVICE_UNAVAILABLE, e.failure().sentence());
            return e.busy() ? no.header(HttpHeaders.RETRY_AFTER, "1") : no;
        }
    }

    private static int side(HttpRequest<?> request, String name, String brief) throws MalformedException {
        String text = Requests.query(request, name)
                .or(() -> Requests.query(request, brief))
                .orElse("");
        if (text.isEmpty()) {
            return 0;
        }
        boolean number = text.length() <= MAX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int side = number ? Integer.parseInt(text) : 0;
        if (side < 1 || side > StillSize.MAX_SIDE) {
            throw new MalformedException(name + " is a number of pixels from 1 to " + StillSize.MAX_SIDE + ".");
        }
        return side;
    }
}
