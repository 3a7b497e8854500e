package oriel.source.rtsp;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.base.Alarm;
import oriel.base.Clock;
import oriel.base.Failure;
import oriel.base.FailureException;
import oriel.rtsp.RtspRequest;
import oriel.rtsp.RtspResponse;

/**
 * Tells a camera now and then that somebody is there, or it would end the session. A camera that answers neither of two
 * requests in a row and sends nothing else either is gone. Some never answer while they play; what they send counts for
 * an answer. For one script, which calls {@link #check} whenever it wakes.
 */
final class RtspKeepAlive {
    private static final Logger LOG = LoggerFactory.getLogger("rtsp");
    private static final Duration ANSWER_WAIT = Duration.ofSeconds(10);
    private static final int MAX_MISSED = 2;
    private static final int MAX_CHALLENGES = 3;
    private static final String PARAMETER = "GET_PARAMETER";
    private static final String OPTIONS = "OPTIONS";

    private final RtspDialogue dialogue;
    private final String host;
    private final String control;
    private final Clock clock;
    private final Alarm alarm;
    private final LongSupplier reads;
    private final long intervalNanos;

    private String method;
    private Optional<CompletableFuture<RtspResponse>> waiting = Optional.empty();
    private long at; // when to send, or when to stop waiting
    private long sentAt;
    private long readsBefore;
    private int missed;
    private int challenges;

    /**
     * @param control what the requests are about
     * @param parameters whether the camera says it knows GET_PARAMETER
     * @param alarm rung when an answer comes
     * @param reads how often anything came from the camera
     */
    RtspKeepAlive(
            RtspDialogue dialogue,
            String host,
            String control,
            boolean parameters,
            Clock clock,
            Alarm alarm,
            LongSupplier reads) {
        this.dialogue = dialogue;
        this.host = host;
        this.control = control;
        this.method = parameters ? PARAMETER : OPTIONS;
        this.clock = clock;
        this.alarm = alarm;
        this.reads = reads;
        this.intervalNanos = dialogue.session()
                .map(SessionAnswer::keepAliveInterval)
                .orElse(new SessionAnswer("", Duration.ofMinutes(1)).keepAliveInterval())
                .toNanos();
        this.at = clock.nanoTime() + intervalNanos;
    }

    /**
     * Does what is due.
     *
     * @return when to be called again, if the alarm does not ring before
     */
    long check() throws FailureException {
        if (waiting.isPresent() && waiting.get().isDone()) {
            answered(waiting.get());
        } else if (at - clock.nanoTime() <= 0) {
            if (waiting.isPresent()) {
                unanswered(waiting.get());
            }
            send();
        }
        return at;
    }

    private void send() {
        CompletableFuture<RtspResponse> answer = dialogue.send(new RtspRequest(method, control));
        waiting = Optional.of(answer);
        readsBefore = reads.getAsLong();
        sentAt = clock.nanoTime();
        at = sentAt + Math.min(intervalNanos, ANSWER_WAIT.toNanos());
        answer.whenComplete((response, error) -> alarm.ring());
    }

    private void rest() {
        waiting = Optional.empty();
        challenges = 0;
        at = sentAt + intervalNanos;
    }

    private void unanswered(CompletableFuture<RtspResponse> answer) throws FailureException {
        answer.cancel(false);
        missed = reads.getAsLong() == readsBefore ? missed + 1 : 0;
        if (missed >= MAX_MISSED) {
            throw new FailureException(new Failure.Timeout(
                    host, Duration.ofNanos(MAX_MISSED * Math.min(intervalNanos, ANSWER_WAIT.toNanos()))));
        }
    }

    private void answered(CompletableFuture<RtspResponse> answer) throws FailureException {
        missed = 0;
        if (answer.isCompletedExceptionally()) {
            // The connection is over, which the script learns by itself.
            rest();
            return;
        }
        RtspResponse response = answer.join();
        if (response.status() == 401 && ++challenges <= MAX_CHALLENGES) {
            signIn(response);
        } else if (response.status() == 454) {
            throw new FailureException(new Failure.Protocol("454 Session Not Found to " + method));
        } else if (!response.ok() && method.equals(PARAMETER)) {
            LOG.debug("{}: {} to {}, from now on {}", host, response.status(), method, OPTIONS);
            method = OPTIONS;
            send();
        } else {
            rest();
        }
    }

    // Refusing this is no reason to end what plays; should the camera end it, the next connection learns why.
    private void signIn(RtspResponse challenge) {
        try {
            dialogue.signIn(challenge);
            send();
        } catch (FailureException e) {
            LOG.debug("{}: {} refused, from now on {}", host, method, OPTIONS);
            method = OPTIONS;
            rest();
        }
    }
}
