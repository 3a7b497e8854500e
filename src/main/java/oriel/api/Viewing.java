package oriel.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import oriel.access.Principal;
import oriel.access.Refusal;
import oriel.access.SessionLedger;
import oriel.base.Failure;
import oriel.base.MalformedException;
import oriel.output.webrtc.AnsweredOffer;
import oriel.output.webrtc.OfferDoor;
import oriel.output.webrtc.RefusedOfferException;
import oriel.output.webrtc.ViewerListener;
import oriel.output.webrtc.WebRtcOutput;
import oriel.output.webrtc.WebRtcViewer;
import oriel.stream.LiveStream;

/**
 * The one step behind every WebRTC door: find the stream and answer the offer. Blocks; virtual threads only.
 */
final class Viewing {
    private final ApiServices services;
    private final StreamFinder finder;

    Viewing(ApiServices services) {
        this.services = services;
        this.finder = new StreamFinder(services);
    }

    /** What became of it. */
    sealed interface Outcome {
        record Answered(AnsweredOffer offer) implements Outcome {}

        record UnknownStream() implements Outcome {}

        record Malformed(String reason) implements Outcome {
            String sentence() {
                return "The offer cannot be used: " + reason + ".";
            }
        }

        /**
         * It may not be, cannot be, or not now.
         *
         * @param code the word for {@code sentence}
         * @param busy whether the same would do in a second
         */
        record Refused(HttpStatus status, String sentence, String code, boolean busy) implements Outcome {
            static Refused of(Refusal refusal) {
                return new Refused(HttpStatus.valueOf(refusal.status()), refusal.sentence(), "no-permission", false);
            }

            static Refused of(Failure failure) {
                return new Refused(Answers.status(failure), failure.sentence(), failure.code(), false);
            }

            static Refused busy(String sentence) {
                return new Refused(HttpStatus.SERVICE_UNAVAILABLE, sentence, "server", true);
            }

            /** {@code answer}, with when to come again if that helps. */
            <T> MutableHttpResponse<T> on(MutableHttpResponse<T> answer) {
                return busy ? answer.header(HttpHeaders.RETRY_AFTER, "1") : answer;
            }
        }
    }

    /**
     * Answers {@code sdp} for {@code src}, a stream's name or a source.
     *
     * @param name if given, the stream that {@code src} becomes, and that is remembered
     */
    Outcome offer(Principal who, String src, Optional<String> name, String sdp, OfferDoor door, ViewerListener listener)
            throws InterruptedException {
        Optional<WebRtcOutput> webrtc = services.webrtc().get();
        if (webrtc.isEmpty()) {
            return Outcome.Refused.busy("WebRTC is off, or its port is taken: see webrtc.listen and the log.");
        }
        return switch (finder.find(who, src, name)) {
            case StreamFinder.Result.Unknown _ -> new Outcome.UnknownStream();
            case StreamFinder.Result.Refused(Refusal refusal) -> Outcome.Refused.of(refusal);
            case StreamFinder.Result.Found(LiveStream stream, Runnable release) ->
                answer(webrtc.get(), stream, sdp, door, new RunningListener(who, src, listener, release));
        };
    }

    private Outcome answer(WebRtcOutput webrtc, LiveStream stream, String sdp, OfferDoor door, RunningListener listener)
            throws InterruptedException {
        boolean answered = false;
        try {
            AnsweredOffer offer = webrtc.answer(stream, sdp, door, listener);
            answered = true;
            listener.runs(offer.viewer());
            return new Outcome.Answered(offer);
        } catch (MalformedException e) {
            return new Outcome.Malformed(e.reason());
        } catch (RefusedOfferException e) {
            return e.busy() ? Outcome.Refused.busy(e.failure().sentence()) : Outcome.Refused.of(e.failure());
        } finally {
            if (!answered) {
                listener.ended();
            }
        }
    }

    /** Ends the viewer with the right that it runs on, and gives a stream back that was only there for it. */
    private final class RunningListener implements ViewerListener {
        private final Principal who;
        private final String src;
        private final ViewerListener inner;
        private final Runnable release;
        private SessionLedger.@Nullable Session session; // guarded by this, as is the one below
        private boolean over;

        RunningListener(Principal who, String src, ViewerListener inner, Runnable release) {
            this.who = who;
            this.src = src;
            this.inner = inner;
            this.release = release;
        }

        void runs(WebRtcViewer viewer) {
            SessionLedger.Session opened = services.sessions()
                    .open(who.grounds(), now -> now.mayView(src), sentence -> {
                        inner.failed(sentence);
                        viewer.close(sentence);
                    });
            boolean gone;
            synchronized (this) {
                session = opened;
                gone = over;
            }
            if (gone) {
                opened.close();
            }
        }

        @Override
        public void candidate(String line) {
            inner.candidate(line);
        }

        @Override
        public void failed(String sentence) {
            inner.failed(sentence);
        }

        @Override
        public void ended() {
            SessionLedger.Session opened;
            synchronized (this) {
                over = true;
                opened = session;
            }
            if (opened != null) {
                opened.close();
            }
            release.run();
            inner.ended();
        }
    }
}
