package oriel.source.rtsp;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.base.Failure;
import oriel.base.FailureException;
import oriel.base.MalformedException;
import oriel.media.Direction;
import oriel.media.StreamDescription;
import oriel.media.Track;
import oriel.rtsp.RtspRequest;
import oriel.rtsp.RtspResponse;
import oriel.sdp.RtspTrack;
import oriel.sdp.RtspTracks;

/** Sets up each track that a camera sends; one that it refuses is left out as long as another is granted. */
final class RtspSetup {
    private static final Logger LOG = LoggerFactory.getLogger("rtsp");
    private static final int CHANNELS = 256;

    private final RtspDialogue dialogue;
    private final RtspUrl url;
    private final RtspOptions options;
    private final BitSet used = new BitSet(CHANNELS);
    private final List<Track> described = new ArrayList<>();
    private final List<Granted> granted = new ArrayList<>();
    private Optional<FailureException> refusal = Optional.empty();

    /** One track and where its packets will come. */
    record Granted(Track track, int payloadType, TransportAnswer channels) {}

    RtspSetup(RtspDialogue dialogue, RtspUrl url, RtspOptions options) {
        this.dialogue = dialogue;
        this.url = url;
        this.options = options;
    }

    /** Asks for all of {@code tracks}, one after the other. */
    void run(RtspTracks tracks) throws FailureException, InterruptedException {
        for (RtspTrack track : tracks.tracks()) {
            if (!options.wants(track.track().kind())) {
                continue;
            }
            if (track.track().direction() == Direction.RECVONLY) {
                setUp(track);
            } else if (options.talk()) {
                described.add(numbered(track.track()));
            }
        }
        if (granted.isEmpty()) {
            throw refusal.orElseGet(() -> new FailureException(new Failure.Protocol(
                    options.only().isPresent()
                            ? "it has no " + options.only().get().word() + ", which is all that #media asks for"
                            : "it describes neither a picture nor a sound")));
        }
    }

    /** What will flow, and what the camera would take. */
    StreamDescription description() {
        return new StreamDescription(described);
    }

    List<Granted> granted() {
        return List.copyOf(granted);
    }

    private Track numbered(Track track) {
        return new Track(described.size(), track.direction(), track.codec());
    }

    private void setUp(RtspTrack track) throws FailureException, InterruptedException {
        int free = freePair();
        TransportAnswer wish = new TransportAnswer(free, free + 1);
        RtspRequest request =
                new RtspRequest("SETUP", RtspDialogue.sendable(track.control())).with("Transport", wish.request());
        RtspResponse answer = dialogue.ask(request);
        if (!answer.ok()) {
            refuse(track, dialogue.refused(request, answer));
            return;
        }
        dialogue.sessionOf(answer);
        try {
            Optional<TransportAnswer> channels =
                    wish.answered(answer.headers().first("Transport").orElse(wish.request()));
            if (channels.isEmpty()) {
                refuse(
                        track,
                        new FailureException(new Failure.Protocol("it would send by UDP although asked for TCP")));
            } else if (used.get(channels.get().rtp()) || used.get(channels.get().rtcp())) {
                refuse(track, new FailureException(new Failure.Protocol("it gives one channel to two tracks")));
            } else {
                // Neither what was granted nor what was asked for is asked for again.
                used.set(wish.rtp(), wish.rtcp() + 1);
                grant(track, channels.get());
            }
        } catch (MalformedException e) {
            refuse(track, new FailureException(new Failure.Protocol(e.reason()), e));
        }
    }

    private void grant(RtspTrack track, TransportAnswer channels) {
        used.set(channels.rtp());
        used.set(channels.rtcp());
        Track numbered = numbered(track.track());
        described.add(numbered);
        granted.add(new Granted(numbered, track.payloadType(), channels));
    }

    private void refuse(RtspTrack track, FailureException why) {
        LOG.debug("{}: no {}: {}", url, track.track(), why.failure().sentence());
        refusal = refusal.or(() -> Optional.of(why));
    }

    private int freePair() {
        int channel = 0;
        while (used.get(channel) || used.get(channel + 1)) {
            channel += 2;
        }
        return channel;
    }
}
