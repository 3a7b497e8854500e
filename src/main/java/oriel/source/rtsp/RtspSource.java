package oriel.source.rtsp;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.base.AddressText;
import oriel.base.Alarm;
import oriel.base.Failure;
import oriel.base.FailureException;
import oriel.base.MalformedException;
import oriel.base.Redacted;
import oriel.base.Seams;
import oriel.base.Secret;
import oriel.http.Authenticator;
import oriel.media.Direction;
import oriel.media.MediaKind;
import oriel.media.Track;
import oriel.net.Dialer;
import oriel.net.Endpoint;
import oriel.rtsp.RtspConnection;
import oriel.rtsp.RtspRequest;
import oriel.rtsp.RtspResponse;
import oriel.sdp.MediaSection;
import oriel.sdp.RtspTracks;
import oriel.sdp.SessionDescription;
import oriel.stream.Source;
import oriel.stream.SourceInfo;
import oriel.stream.SourceSession;

/**
 * The script of one RTSP camera: dial, OPTIONS, DESCRIBE, SETUP, PLAY, then reports and keep-alives until the connection
 * ends. Blocks its virtual thread only; packets go from the connection to the writer on the home loop.
 */
final class RtspSource implements Source {
    private static final Logger LOG = LoggerFactory.getLogger("rtsp");

    private static final int MAX_REDIRECTS = 3;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 305, 307);
    private static final Duration REPORT_INTERVAL = Duration.ofSeconds(5);
    private static final Duration CLOSING = Duration.ofSeconds(1);
    private static final Endpoint.Tls VERIFIED = new Endpoint.Tls.Verified(
            "Write rtspx:// instead of rtsps:// in the camera's address to accept any certificate.");

    private final RtspUrl url;
    private final RtspOptions options;
    private final Dialer dialer;
    private final Seams seams;
    // Over all connections: how this host asked before decides what it is told.
    private final Authenticator authenticator;
    private boolean warned;

    RtspSource(RtspUrl url, RtspOptions options, Dialer dialer, Seams seams) {
        this.url = url;
        this.options = options;
        this.dialer = dialer;
        this.seams = seams;
        this.authenticator = new Authenticator(url.credentials(), seams.random());
    }

    @Override
    public void run(SourceSession session) throws FailureException, InterruptedException {
        if (options.udp() && !warned) {
            warned = true;
            LOG.warn("{}: #transport=udp is not spoken by this version, going on by TCP", url);
        }
        Target target = new Target(url, authenticator, Endpoint.AddressRule.ANY, false);
        for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
            Optional<Target> next = new Run(session, target).run();
            if (next.isEmpty()) {
                return;
            }
            target = next.get();
        }
        throw new FailureException(new Failure.Protocol("it sends on more than " + MAX_REDIRECTS + " times"));
    }

    /**
     * Whom to dial next.
     *
     * @param challenged whether it asked who we are on the connection before, and is told on this one
     */
    private record Target(RtspUrl url, Authenticator authenticator, Endpoint.AddressRule rule, boolean challenged) {
        Target again() {
            return new Target(url, authenticator, rule, true);
        }

        Endpoint endpoint() {
            return new Endpoint(url.host(), url.port(), tls(url), rule);
        }
    }

    /** Where {@code url} leads. */
    static Endpoint endpoint(RtspUrl url) {
        return new Endpoint(url.host(), url.port(), tls(url));
    }

    private static Endpoint.Tls tls(RtspUrl url) {
        return switch (url.scheme()) {
            case "rtsps" -> VERIFIED;
            case "rtspx" -> new Endpoint.Tls.Unverified();
            default -> new Endpoint.Tls.None();
        };
    }

    /** One connection. */
    private final class Run {
        private final SourceSession session;
        private final Target target;
        private final RtspReception reception;
        private final Alarm alarm;
        private String control; // what requests on all tracks together are about
        private boolean parameters; // whether the camera knows GET_PARAMETER

        Run(SourceSession session, Target target) {
            this.session = session;
            this.target = target;
            this.reception = new RtspReception(
                    session.writer(), seams.clock(), seams.random().nextInt());
            this.alarm = seams.clock().newAlarm();
            this.control = target.url().requestUri();
        }

        /** Gives where the camera is to be asked next; plays, and ends by an exception, if nowhere else. */
        Optional<Target> run() throws FailureException, InterruptedException {
            AtomicReference<RtspConnection> opened = new AtomicReference<>();
            dialer.dial(
                    target.endpoint(),
                    session.home(),
                    options.patience(),
                    channel -> opened.set(RtspConnection.open(channel, seams.clock(), reception)));
            if (!target.challenged()) {
                target.authenticator().onConnect();
            }
            RtspDialogue dialogue =
                    new RtspDialogue(opened.get(), target.url(), target.authenticator(), options.patience());
            try {
                RtspRequest describe =
                        new RtspRequest("DESCRIBE", target.url().requestUri()).with("Accept", "application/sdp");
                RtspResponse description = introduce(dialogue, describe);
                if (REDIRECTS.contains(description.status())) {
                    return Optional.of(
                            redirected(description, dialogue.connection().remote()));
                }
                if (!description.ok()) {
                    throw dialogue.refused(describe, description);
                }
                play(dialogue, description);
                return Optional.empty();
            } catch (FailureException e) {
                if (dialogue.hungUpOn() && !target.challenged()) {
                    return Optional.of(target.again());
                }
                throw e;
            } finally {
                leave(dialogue);
            }
        }

        private RtspResponse introduce(RtspDialogue dialogue, RtspRequest describe)
                throws FailureException, InterruptedException {
            Optional<RtspResponse> able = dialogue.options(target.url().credentials());
            parameters = able.stream()
                    .flatMap(answer -> answer.headers().all("Public").stream())
                    .anyMatch(methods -> methods.toUpperCase(Locale.ROOT).contains("GET_PARAMETER"));
            return dialogue.ask(describe);
        }

        private void play(RtspDialogue dialogue, RtspResponse answer) throws FailureException, InterruptedException {
            SessionDescription sdp = parse(answer);
            RtspTracks tracks = RtspTracks.of(sdp, dialogue.base(answer));
            control = RtspDialogue.sendable(tracks.control());
            RtspSetup setup = new RtspSetup(dialogue, target.url(), options);
            setup.run(tracks);
            ready(dialogue, setup);
            start(dialogue);
            if (asksForKeyFrames(sdp)) {
                session.onKeyFrameRequest(() -> reception.requestKeyFrame(dialogue.connection()));
            }
            session.info(new SourceInfo(
                    "rtsp",
                    "rtsp+tcp",
                    remote(dialogue.connection().remote()),
                    Redacted.text(answer.text()),
                    answer.headers().first("Server").orElse("")));
            LOG.info("{}: connected, {}", url, names(setup.description().tracks()));
            stay(dialogue);
        }

        private SessionDescription parse(RtspResponse answer) throws FailureException {
            try {
                return SessionDescription.parse(answer.text());
            } catch (MalformedException e) {
                throw new FailureException(new Failure.Protocol(e.reason()), e);
            }
        }

        /** Packets may come with the answer to PLAY or before, so all is ready when that is asked. */
        private void ready(RtspDialogue dialogue, RtspSetup setup) {
            session.home().execute(() -> {
                for (RtspSetup.Granted granted : setup.granted()) {
                    dialogue.connection().expect(granted.channels().rtp());
                    dialogue.connection().expect(granted.channels().rtcp());
                    reception.add(granted.track(), granted.payloadType(), granted.channels());
                }
                session.writer().open(setup.description());
                reception.play();
            });
        }

        private void start(RtspDialogue dialogue) throws FailureException, InterruptedException {
            RtspRequest play = new RtspRequest("PLAY", control).with("Range", "npt=0.000-");
            RtspResponse answer = dialogue.ask(play);
            if (answer.status() == 457) {
                // Invalid Range: some want none at all for what is live.
                answer = dialogue.ask(new RtspRequest("PLAY", control));
            }
            if (!answer.ok()) {
                throw dialogue.refused(play, answer);
            }
        }

        private void stay(RtspDialogue dialogue) throws FailureException, InterruptedException {
            CompletableFuture<String> end = reception.end();
            end.whenComplete((reason, error) -> alarm.ring());
            RtspKeepAlive keepAlive = new RtspKeepAlive(
                    dialogue,
                    target.url().host(),
                    control,
                    parameters,
                    seams.clock(),
                    alarm,
                    dialogue.connection()::reads);
            long report = seams.clock().nanoTime() + REPORT_INTERVAL.toNanos();
            while (!end.isDone()) {
                if (report - seams.clock().nanoTime() <= 0) {
                    session.home().execute(() -> reception.report(dialogue.connection()));
                    report = seams.clock().nanoTime() + REPORT_INTERVAL.toNanos();
                }
                long next = keepAlive.check();
                alarm.awaitUntil(next - report < 0 ? next : report);
            }
            throw new FailureException(new Failure.Protocol(end.join() + " while playing"));
        }

        private void leave(RtspDialogue dialogue) {
            session.home().execute(reception::stop);
            dialogue.close(control);
            dialogue.connection().awaitClosed(CLOSING);
        }

        private Target redirected(RtspResponse answer, SocketAddress from) throws FailureException {
            RtspUrl next;
            try {
                next = RtspUrl.parse(answer.headers().first("Location").orElse(""));
            } catch (MalformedException e) {
                throw new FailureException(new Failure.Protocol("it sends on to " + e.reason()), e);
            }
            if (target.url().encrypted() && !next.encrypted()) {
                throw new FailureException(new Failure.Protocol("it sends on from an encrypted to a clear connection"));
            }
            LOG.debug("{}: sent on to {}", url, next);
            boolean sameHost = next.host().equals(target.url().host());
            // Whoever is trusted without proof here is not trusted elsewhere, nor told who we are.
            boolean unproven = sameHost && target.url().scheme().equals("rtspx");
            String encrypted = unproven ? "rtspx" : "rtsps";
            RtspUrl known = new RtspUrl(
                    next.encrypted() ? encrypted : "rtsp",
                    sameHost ? target.url().userinfo() : Secret.of(""),
                    next.host(),
                    next.port(),
                    next.target(),
                    next.options());
            return new Target(
                    known,
                    sameHost ? target.authenticator() : new Authenticator(Optional.empty(), seams.random()),
                    from instanceof InetSocketAddress address && address.getAddress() != null
                            ? new RedirectRule(address.getAddress())
                            : target.rule(),
                    false);
        }
    }

    private static boolean asksForKeyFrames(SessionDescription sdp) {
        return sdp.media().stream()
                .filter(section -> section.media().equalsIgnoreCase(MediaKind.VIDEO.word()))
                .flatMap((MediaSection section) -> section.values("rtcp-fb"))
                .anyMatch(feedback -> feedback.contains("pli") || feedback.contains("fir"));
    }

    private static String names(List<Track> tracks) {
        return tracks.stream()
                .filter(track -> track.direction() == Direction.RECVONLY)
                .map(track -> track.codec().name())
                .collect(Collectors.joining(", "));
    }

    private static String remote(SocketAddress address) {
        return address instanceof InetSocketAddress inet ? AddressText.endpoint(inet) : String.valueOf(address);
    }
}
