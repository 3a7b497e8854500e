package oriel.webrtc;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oriel.base.MalformedException;
import oriel.base.Secret;
import oriel.media.Codec;
import oriel.sdp.SessionDescription;
import oriel.webrtc.dtls.Fingerprint;

/** Any text: an offer that can be answered, and an answer that can be read, or a reason. */
class OfferFuzzTest {
    private static final LocalTransport OURS = new LocalTransport(
            "abcdefgh",
            Secret.of("0123456789abcdef01234567"),
            Fingerprint.of(Fingerprint.Hash.SHA_256, new byte[0]),
            List.of("candidate:1 1 udp 1 192.0.2.1 8555 typ host"),
            true);

    @FuzzTest
    void parse(byte[] input) {
        Offer offer;
        try {
            offer = Offer.parse(new String(input, StandardCharsets.UTF_8));
        } catch (MalformedException e) {
            return;
        }
        List<Codec> camera = List.of(Codec.H264.unknown(), new Codec.Opus());
        MatchSentences.nothingFits(camera, offer);
        MatchSentences.noSound(camera, offer);
        List<Optional<Answer.Send>> sends = new ArrayList<>();
        for (OfferSection section : offer.sections()) {
            Optional<OfferedCodec> best = section.bestFor(camera.get(0)).or(() -> section.bestFor(camera.get(1)));
            sends.add(best.map(codec -> new Answer.Send(codec, 1, "track")));
        }
        String sdp = new Answer(offer, 1, sends, OURS, "cname").sdp();
        if (sdp.length() > SessionDescription.MAX_CHARS) {
            return; // 64 sections of long names; it is ours to write, not to read
        }
        try {
            int answered = SessionDescription.parse(sdp).media().size();
            if (answered != offer.sections().size()) {
                throw new AssertionError(
                        answered + " sections answer " + offer.sections().size());
            }
        } catch (MalformedException e) {
            throw new AssertionError("an answer that cannot be read: " + e.reason());
        }
    }
}
