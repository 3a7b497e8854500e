package oriel.output.webrtc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import oriel.base.Clock;
import oriel.base.Failure;
import oriel.base.MalformedException;
import oriel.base.Seams;
import oriel.media.Codec;
import oriel.media.MediaKind;
import oriel.metrics.Drops;
import oriel.metrics.Limit;
import oriel.net.UdpMux;
import oriel.peer.CandidateGatherer;
import oriel.peer.Peer;
import oriel.peer.PeerHost;
import oriel.stream.Choice;
import oriel.stream.LiveStream;
import oriel.stream.StreamRegistry;
import oriel.stream.TrackFacts;
import oriel.stream.TrackWish;
import oriel.webrtc.Answer;
import oriel.webrtc.HeaderExtension;
import oriel.webrtc.LocalTransport;
import oriel.webrtc.MatchSentences;
import oriel.webrtc.Offer;
import oriel.webrtc.OfferSection;
import oriel.webrtc.OfferedCodec;
import oriel.webrtc.ice.IceCredentials;

/**
 * Answers WebRTC offers for streams: matches what the viewer takes with what the sources send, makes a peer, and says
 * where we can be reached. Called on virtual threads, for it waits for cameras.
 */
public final class WebRtcOutput {
    /**
     * How long an offer waits for cameras. The doors answer within 8 s, gathering included, for Home Assistant gives the
     * whole chain of list, addition and offer 10 s and then says no more than that there was no answer.
     */
    public static final Duration PATIENCE = Duration.ofMillis(7_400);

    // A door without trickle waits this long for STUN servers: what is not known by then is not in the answer.
    private static final Duration GATHERING = Duration.ofMillis(500);

    private final StreamRegistry streams;
    private final PeerHost host;
    private final CandidateGatherer gatherer;
    private final RandomGenerator random;
    private final Clock clock;
    private final Map<String, WebRtcViewer> viewers = new ConcurrentHashMap<>();

    public WebRtcOutput(StreamRegistry streams, PeerHost host, CandidateGatherer gatherer, Seams seams) {
        this.streams = streams;
        this.host = host;
        this.gatherer = gatherer;
        this.random = seams.random();
        this.clock = seams.clock();
    }

    /** The viewer of this id, while it is there. */
    public Optional<WebRtcViewer> find(String id) {
        return Optional.ofNullable(viewers.get(id));
    }

    /** Viewers that were answered and have not gone. */
    public int count() {
        return viewers.size();
    }

    /** The bounds of viewers, each counted for all of them. */
    public List<Limit> limits() {
        Drops drops = host.drops();
        return List.of(
                Limit.of("webrtc.viewers", LiveStream.MAX_VIEWERS, "viewers of one stream", "A further one is told so.")
                        .countedBy(drops, "viewers-full"),
                Limit.of(
                                "webrtc.socket",
                                UdpMux.MAX_WAITING_BYTES,
                                "bytes waiting for one socket",
                                "The viewer skips to the next key frame; 10 s of that end it.")
                        .countedBy(drops, "socket-full"),
                Limit.of(
                                "webrtc.sent-packets",
                                SentPackets.SIZE,
                                "packets kept of a track for one viewer",
                                "Older ones are not sent again.")
                        .countedBy(drops, "nack-too-old"));
    }

    /** Why a camera with B-frames cannot be watched by WebRTC. */
    static String reorders() {
        return "The camera sends B-frames, which WebRTC cannot play."
                + " Set its H.264 profile to Baseline, or switch B-frames off.";
    }

    /**
     * Answers an offer.
     *
     * @param sdp what the viewer offers
     * @throws MalformedException if the offer is none, or not one we can talk to
     * @throws RefusedOfferException if there is nothing to send: why, in words for who watches
     */
    public AnsweredOffer answer(LiveStream stream, String sdp, OfferDoor door, ViewerListener listener)
            throws MalformedException, RefusedOfferException, InterruptedException {
        Offer offer = Offer.parse(sdp);
        if (stream.disabled()) {
            throw refused(stream, new Failure.Unsupported("The stream " + stream.name() + " is switched off."));
        }
        Choice choice = streams.choose(stream, wishes(offer), PATIENCE);
        boolean answered = false;
        try {
            refuseIfPoor(stream, offer, choice);
            AnsweredOffer result = open(stream, offer, choice, door, listener);
            answered = true;
            return result;
        } finally {
            if (!answered) {
                choice.close();
            }
        }
    }

    private AnsweredOffer open(LiveStream stream, Offer offer, Choice choice, OfferDoor door, ViewerListener listener)
            throws MalformedException, RefusedOfferException, InterruptedException {
        List<Optional<Answer.Send>> sends = sends(offer, choice);
        List<Codec> sent =
                choice.seen().stream().map(facts -> facts.track().codec()).toList();
        String note = MatchSentences.noSound(sent, offer).orElse("");
        byte[] name = new byte[8];
        random.nextBytes(name);
        String id = HexFormat.of().formatHex(name);
        ViewerSetup setup = new ViewerSetup(id, plans(sends), id, random, clock.now(), note);
        WebRtcViewer viewer = new WebRtcViewer(setup, stream, choice, host.drops(), listener, () -> viewers.remove(id));
        Peer peer = peer(offer, viewer);
        viewer.peer(peer);
        viewers.put(id, viewer);
        List<String> candidates = candidates(door, listener);
        IceCredentials own = peer.credentials();
        boolean all = !door.trickles() || !gatherer.asksServers(door.servers());
        LocalTransport transport = new LocalTransport(own.ufrag(), own.password(), host.fingerprint(), candidates, all);
        Answer answer = new Answer(offer, random.nextLong() & Long.MAX_VALUE, sends, transport, id);
        return new AnsweredOffer(viewer, answer.sdp(), note);
    }

    /**
     * Begins ICE anew for a viewer (RFC 8445, 9), whose encryption and media go on. Candidates that are added to it from now on
     * belong to the new credentials.
     *
     * @param remote the viewer's new name and password
     * @param door how the request came in
     * @return our end, for the answer
     */
    public LocalTransport restart(WebRtcViewer viewer, IceCredentials remote, OfferDoor door)
            throws InterruptedException {
        IceCredentials own = viewer.restart(remote);
        List<String> candidates = candidates(door, viewer.listener());
        boolean all = !door.trickles() || !gatherer.asksServers(door.servers());
        return new LocalTransport(own.ufrag(), own.password(), host.fingerprint(), candidates, all);
    }

    private Peer peer(Offer offer, WebRtcViewer viewer) throws MalformedException, RefusedOfferException {
        try {
            return host.open(offer, viewer);
        } catch (IllegalStateException e) {
            throw new RefusedOfferException(new Failure.Unsupported("Oriel is busy: " + e.getMessage() + "."), true);
        }
    }

    private List<String> candidates(OfferDoor door, ViewerListener listener) throws InterruptedException {
        List<String> known = new ArrayList<>(gatherer.known(door.askedAt()));
        if (!gatherer.asksServers(door.servers())) {
            return known;
        }
        if (door.trickles()) {
            gatherer.ask(door.servers(), listener::candidate);
            return known;
        }
        List<String> found = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<Void> asked = gatherer.ask(door.servers(), found::add);
        try {
            asked.get(GATHERING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // The answer leaves with what is known; those who come from the same network need no more.
        } catch (ExecutionException e) {
            throw new IllegalStateException("gathering completes in any case", e);
        }
        synchronized (found) {
            known.addAll(found);
        }
        return known;
    }

    private static List<TrackWish> wishes(Offer offer) {
        List<TrackWish> wishes = new ArrayList<>();
        for (OfferSection section : offer.sections()) {
            MediaKind kind = section.kind() == OfferSection.Kind.AUDIO ? MediaKind.AUDIO : MediaKind.VIDEO;
            wishes.add(new TrackWish(kind, facts -> fits(section, facts), section.takesMedia()));
        }
        return wishes;
    }

    private static boolean fits(OfferSection section, TrackFacts facts) {
        return !facts.reordersPictures()
                && section.bestFor(facts.track().codec()).isPresent();
    }

    private static void refuseIfPoor(LiveStream stream, Offer offer, Choice choice) throws RefusedOfferException {
        boolean wantsPicture = offer.sections().stream().anyMatch(section -> section.takes(MediaKind.VIDEO));
        boolean hasPicture = choice.tracks().stream()
                .flatMap(Optional::stream)
                .anyMatch(facts -> facts.track().kind() == MediaKind.VIDEO);
        boolean soundIsAll = !wantsPicture && !choice.isEmpty();
        if (hasPicture || soundIsAll) {
            return;
        }
        List<TrackFacts> pictures = choice.seen().stream()
                .filter(facts -> facts.track().kind() == MediaKind.VIDEO)
                .toList();
        if (pictures.isEmpty() && choice.failures().isEmpty() && !choice.isEmpty()) {
            return; // A microphone with an address: sound is all there is.
        }
        if (pictures.stream().anyMatch(TrackFacts::reordersPictures)) {
            throw refused(stream, new Failure.CodecMismatch(reorders()));
        }
        if (pictures.isEmpty() && !choice.failures().isEmpty()) {
            throw refused(stream, choice.failures().getFirst());
        }
        List<Codec> sent =
                choice.seen().stream().map(facts -> facts.track().codec()).toList();
        throw refused(
                stream,
                stream.sourceTexts().isEmpty()
                        ? new Failure.Unsupported("The stream " + stream.name() + " has no source.")
                        : new Failure.CodecMismatch(MatchSentences.nothingFits(sent, offer)));
    }

    private static RefusedOfferException refused(LiveStream stream, Failure failure) {
        stream.note(failure.sentence());
        return new RefusedOfferException(failure);
    }

    private List<Optional<Answer.Send>> sends(Offer offer, Choice choice) {
        List<Optional<Answer.Send>> sends = new ArrayList<>();
        for (OfferSection section : offer.sections()) {
            Optional<OfferedCodec> codec = choice.tracks()
                    .get(section.index())
                    .flatMap(facts -> section.bestFor(facts.track().codec()));
            String label = section.media() + section.index();
            sends.add(codec.map(offered -> send(section, offered, label)));
        }
        return sends;
    }

    // Packets are numbered for the transport only where lost ones have a stream of their own to go out again in: under
    // its old number a packet must be the same to the bit, or GCM's key is given away.
    private Answer.Send send(OfferSection section, OfferedCodec codec, String label) {
        Optional<Answer.Repetition> repetition =
                section.repetitionOf(codec).map(again -> new Answer.Repetition(again, random.nextInt()));
        Optional<HeaderExtension> sequence = repetition.flatMap(again -> section.transportSequence(codec));
        return new Answer.Send(codec, random.nextInt(), label, repetition, sequence);
    }

    private static List<TrackPlan> plans(List<Optional<Answer.Send>> sends) {
        List<TrackPlan> plans = new ArrayList<>();
        for (int slot = 0; slot < sends.size(); slot++) {
            int place = slot;
            sends.get(slot).ifPresent(send -> {
                MediaKind kind = send.codec().channels() > 0 ? MediaKind.AUDIO : MediaKind.VIDEO;
                Optional<TrackPlan.Repetition> repetition = send.repetition()
                        .map(again -> new TrackPlan.Repetition(again.codec().payloadType(), again.ssrc()));
                int sequenceId =
                        send.transportSequence().map(HeaderExtension::id).orElse(0);
                plans.add(new TrackPlan(place, kind, send.codec().payloadType(), send.ssrc(), repetition, sequenceId));
            });
        }
        return plans;
    }
}
