package oriel.source.rtsp;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import oriel.base.Failure;
import oriel.base.FailureException;
import oriel.base.MalformedException;
import oriel.base.Redacted;
import oriel.http.Authenticator;
import oriel.http.Credentials;
import oriel.rtsp.RtspClosedException;
import oriel.rtsp.RtspConnection;
import oriel.rtsp.RtspRequest;
import oriel.rtsp.RtspResponse;

/**
 * Asks one camera over one connection: signs in when told to, carries the session, and turns what goes wrong into the
 * words of {@link Failure}. For one script; not thread-safe.
 */
final class RtspDialogue {
    static final String AGENT = "Oriel";
    private static final int MAX_ANSWER_CHARS = 80;

    private final RtspConnection connection;
    private final RtspUrl url;
    private final Authenticator authenticator;
    private final Duration patience;
    private Optional<SessionAnswer> session = Optional.empty();
    private boolean challenged;
    private boolean hungUpOn;

    /**
     * @param url whom we talk to
     * @param authenticator of this host
     */
    RtspDialogue(RtspConnection connection, RtspUrl url, Authenticator authenticator, Duration patience) {
        this.connection = connection;
        this.url = url;
        this.authenticator = authenticator;
        this.patience = patience;
    }

    RtspConnection connection() {
        return connection;
    }

    /** The session, once SETUP has opened one. */
    Optional<SessionAnswer> session() {
        return session;
    }

    /** Whether the camera asked who we are, and hung up instead of waiting to hear it. */
    boolean hungUpOn() {
        return hungUpOn;
    }

    /** Takes the {@code Session} header of an answer to SETUP, if it has one. */
    void sessionOf(RtspResponse answer) {
        session = answer.headers().first("Session").map(SessionAnswer::parse).or(() -> session);
    }

    /**
     * Asks, and signs in on the way if the camera wants it.
     *
     * @return any answer but 401
     */
    RtspResponse ask(RtspRequest request) throws FailureException, InterruptedException {
        RtspResponse answer = exchange(request);
        while (answer.status() == 401) {
            signIn(answer);
            answer = exchange(request);
        }
        authenticator.onAccepted(answer.headers().all("Authentication-Info"));
        return answer;
    }

    /** Asks what the camera can do; a camera that does not want to say, or not to strangers, is forgiven. */
    Optional<RtspResponse> options(Optional<Credentials> credentials) throws FailureException, InterruptedException {
        RtspRequest request = new RtspRequest("OPTIONS", url.requestUri());
        if (credentials.isPresent()) {
            return Optional.of(ask(request)).filter(RtspResponse::ok);
        }
        return Optional.of(exchange(request)).filter(RtspResponse::ok);
    }

    /** Asks without waiting; the answer may be a 401. */
    CompletableFuture<RtspResponse> send(RtspRequest request) {
        return connection.send(dressed(request));
    }

    /** Takes a 401; afterwards the request can be sent again. */
    void signIn(RtspResponse challenge) throws FailureException {
        switch (verdict(challenge)) {
            case RETRY -> {}
            case REFUSED -> throw new FailureException(new Failure.Unauthorized(user()));
            case UNACCEPTABLE ->
                throw new FailureException(new Failure.Protocol(
                        "it asks for the password in a way that shows it to others although it knew a better one,"
                                + " or in a way that Oriel does not speak. Try rtsps:// or rtspx://."));
        }
        challenged = true;
    }

    private Authenticator.Verdict verdict(RtspResponse challenge) throws FailureException {
        try {
            return authenticator.onUnauthorized(challenge.headers().all("WWW-Authenticate"), url.encrypted());
        } catch (MalformedException e) {
            throw new FailureException(new Failure.Protocol(e.reason()), e);
        }
    }

    private RtspResponse exchange(RtspRequest request) throws FailureException, InterruptedException {
        try {
            RtspResponse answer = connection.request(dressed(request), patience);
            challenged = false;
            return answer;
        } catch (TimeoutException e) {
            throw new FailureException(new Failure.Timeout(url.host(), patience), e);
        } catch (RtspClosedException e) {
            hungUpOn = challenged;
            throw new FailureException(
                    new Failure.Protocol(e.getMessage() + " before the answer to " + request.method()), e);
        }
    }

    private RtspRequest dressed(RtspRequest request) {
        RtspRequest dressed = request.with("User-Agent", AGENT);
        Optional<String> authorization = authenticator.authorization(request.method(), request.uri());
        if (authorization.isPresent()) {
            dressed = dressed.with("Authorization", authorization.get());
        }
        return session.isPresent() ? dressed.with("Session", session.get().id()) : dressed;
    }

    /** What a camera means that answers {@code request} with anything but success. */
    FailureException refused(RtspRequest request, RtspResponse answer) {
        return new FailureException(
                switch (answer.status()) {
                    case 401, 403 -> new Failure.Unauthorized(user());
                    case 404, 454 -> new Failure.NotFound(url.path());
                    case 461 ->
                        new Failure.Unsupported(
                                "The camera does not send over TCP, and UDP is not spoken by this version.");
                    default -> new Failure.Protocol(plain(answer.line()) + " to " + request.method());
                });
    }

    private String user() {
        return url.credentials().map(Credentials::user).orElse("");
    }

    private static String plain(String text) {
        String safe = Redacted.text(text);
        return safe.length() <= MAX_ANSWER_CHARS ? safe : safe.substring(0, MAX_ANSWER_CHARS) + "…";
    }

    /** Where the answer to DESCRIBE says that relative addresses begin (RFC 2326, C.1.1). */
    String base(RtspResponse description) {
        for (String name : List.of("Content-Base", "Content-Location")) {
            Optional<String> base = description.headers().first(name).map(RtspDialogue::sendable);
            String scheme = base.orElse("").toLowerCase(Locale.ROOT);
            if (scheme.startsWith("rtsp://") || scheme.startsWith("rtsps://")) {
                return base.orElseThrow();
            }
        }
        return url.requestUri();
    }

    /** {@code uri} as a camera wrote it, fit for a request line, without a user or password in it. */
    static String sendable(String uri) {
        String plain = uri.strip().replaceAll("\\p{Cntrl}", "").replaceAll("\\s", "%20");
        int authority = plain.indexOf("://") + 3;
        int path = plain.indexOf('/', authority);
        int at = plain.lastIndexOf('@', path < 0 ? plain.length() : path);
        return authority < 3 || at < authority ? plain : plain.substring(0, authority) + plain.substring(at + 1);
    }

    /** Says goodbye if there is a session, without waiting for an answer, and ends the connection. */
    void close(String control) {
        if (session.isPresent()) {
            connection.close(dressed(new RtspRequest("TEARDOWN", control)));
        } else {
            connection.close();
        }
    }
}
