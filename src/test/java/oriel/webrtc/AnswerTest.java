package oriel.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.base.Secret;
import oriel.media.Codec;
import oriel.media.Direction;
import oriel.sdp.MediaSection;
import oriel.sdp.SessionDescription;
import oriel.webrtc.dtls.Fingerprint;

class AnswerTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/webrtc");
    private static final Codec HIGH = new Codec.H264(Bytes.ofHex("67640028"), Bytes.empty());
    private static final Codec PCMA = new Codec.G711(Codec.G711.Law.A, 8_000, 1);
    private static final LocalTransport OURS = new LocalTransport(
            "oRiElufr",
            Secret.of("oRiElpassword+24chars/x"),
            Fingerprint.of(Fingerprint.Hash.SHA_256, new byte[] {1}),
            List.of(
                    "candidate:1 1 udp 2130706431 192.0.2.2 8555 typ host",
                    "candidate:2 1 tcp 1671430143 192.0.2.2 8555 typ host tcptype passive"),
            true);

    static Stream<String> all() {
        return Offers.ALL.stream();
    }

    /** What a camera with these tracks gives to each section. */
    private static Answer answer(Offer offer, Codec... camera) {
        List<Optional<Answer.Send>> sends = new ArrayList<>();
        for (OfferSection section : offer.sections()) {
            Optional<OfferedCodec> best = Optional.empty();
            for (Codec codec : camera) {
                best = best.or(() -> section.bestFor(codec));
            }
            sends.add(best.map(codec -> new Answer.Send(
                    codec,
                    0xF000_0000 + section.index(),
                    section.media(),
                    section.repetitionOf(codec)
                            .map(again -> new Answer.Repetition(again, 0xE000_0000 + section.index())),
                    section.transportSequence(codec))));
        }
        return new Answer(offer, 4_611_686_018_427_387_904L, sends, OURS, "cname1234");
    }

    private static SessionDescription parsed(Answer answer) throws MalformedException {
        return SessionDescription.parse(answer.sdp());
    }

    @ParameterizedTest
    @MethodSource("all")
    void sdp_ofEachViewer_isTheGoldenOne(String name) throws Exception {
        assertGolden(name, answer(Offers.parsed(name), HIGH, PCMA).sdp());
    }

    @Test
    void sdp_cameraWithoutSound_isTheGoldenOne() throws Exception {
        assertGolden(
                "camera-without-sound",
                answer(Offers.parsed("chromium-156-home-assistant-2026"), HIGH).sdp());
    }

    private static void assertGolden(String name, String sdp) throws IOException {
        Path file = GOLDEN.resolve(name + ".answer.sdp");
        String text = sdp.replace("\r\n", "\n");
        if ("write".equals(System.getProperty("golden"))) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file));
        assertThat(sdp.replace("\r\n", "")).doesNotContain("\n");
    }

    @ParameterizedTest
    @MethodSource("all")
    void sdp_ofEachViewer_answersEverySectionInOrder(String name) throws Exception {
        Offer offer = Offers.parsed(name);
        SessionDescription answer = parsed(answer(offer, HIGH, PCMA));
        assertThat(answer.media()).hasSameSizeAs(offer.sections());
        for (OfferSection section : offer.sections()) {
            MediaSection answered = answer.media().get(section.index());
            assertThat(answered.media()).isEqualTo(section.media());
            assertThat(answered.protocol()).isEqualTo(section.protocol());
            assertThat(answered.attribute("mid")).contains(section.mid());
            assertThat(section.formats()).containsAll(answered.formats());
            assertThat(answered.attribute("setup").orElse("passive")).isEqualTo("passive");
        }
    }

    @Test
    void sdp_sectionWithoutTrack_isInactiveAndNotRejected() throws Exception {
        Offer offer = Offers.parsed("chromium-156-home-assistant-2026");
        SessionDescription answer = parsed(answer(offer, HIGH));
        MediaSection audio = answer.media().get(0);
        assertThat(audio.port()).isEqualTo(9);
        assertThat(audio.direction()).isEqualTo(Direction.INACTIVE);
        assertThat(audio.formats()).containsExactly("111");
        assertThat(audio.values("candidate")).hasSize(2);
        assertThat(audio.has("end-of-candidates")).isTrue();
        MediaSection video = answer.media().get(1);
        assertThat(video.direction()).isEqualTo(Direction.SENDONLY);
        assertThat(video.has("candidate")).isFalse();
        assertThat(answer.attribute("group")).contains("BUNDLE 0 1");
    }

    @Test
    void sdp_chosenCodec_keepsItsParametersAndOurFeedback() throws Exception {
        Offer offer = Offers.parsed("chromium-156-home-assistant-2026");
        MediaSection video = parsed(answer(offer, HIGH, PCMA)).media().get(1);
        assertThat(video.formats()).containsExactly("108", "109");
        assertThat(video.attribute("fmtp"))
                .contains("108 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f");
        assertThat(video.values("rtcp-fb"))
                .containsExactly("108 transport-cc", "108 ccm fir", "108 nack", "108 nack pli");
        assertThat(video.attribute("msid")).contains("cname1234 video");
    }

    @Test
    void sdp_repetitions_haveTheirOwnStream_boundToTheTracks() throws Exception {
        Offer offer = Offers.parsed("chromium-156-home-assistant-2026");
        MediaSection video = parsed(answer(offer, HIGH, PCMA)).media().get(1);
        assertThat(video.values("rtpmap")).containsExactly("108 H264/90000", "109 RTX/90000");
        assertThat(video.values("fmtp")).contains("109 apt=108");
        assertThat(video.values("ssrc-group")).containsExactly("FID 4026531841 3758096385");
        assertThat(video.values("ssrc")).containsExactly("4026531841 cname:cname1234", "3758096385 cname:cname1234");
    }

    @Test
    void sdp_transportNumbers_areAgreedOnForThePicture_andNotForSound() throws Exception {
        Offer offer = Offers.parsed("chromium-156-home-assistant-2026");
        SessionDescription answer = parsed(answer(offer, HIGH, PCMA));
        assertThat(answer.media().get(1).values("extmap"))
                .containsExactly("3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01");
        assertThat(answer.media().get(0).has("extmap")).isFalse();
    }

    @Test
    void sdp_viewerThatKnowsNoTransportNumbers_isNotAskedForThem() throws Exception {
        String offer = String.join(
                "\r\n",
                Offers.text("chromium-156-home-assistant-2026")
                        .lines()
                        .filter(line -> !line.contains("transport-cc") && !line.contains("transport-wide"))
                        .toList());
        MediaSection video =
                parsed(answer(Offer.parse(offer + "\r\n"), HIGH)).media().get(1);
        assertThat(video.values("rtcp-fb")).containsExactly("108 ccm fir", "108 nack", "108 nack pli");
        assertThat(video.has("extmap")).isFalse();
        assertThat(video.formats()).containsExactly("108", "109");
    }

    @Test
    void repetitionOfAnotherPayloadType_isRefused() throws Exception {
        Offer offer = Offers.parsed("chromium-156-home-assistant-2026");
        OfferSection video = offer.sections().get(1);
        OfferedCodec h264 = video.bestFor(HIGH).orElseThrow();
        Answer.Repetition other = new Answer.Repetition(video.codecs().getFirst(), 2);
        Answer.Send send = new Answer.Send(h264, 1, "video", Optional.of(other), Optional.empty());
        assertThatThrownBy(() -> new Answer(offer, 1, List.of(Optional.empty(), Optional.of(send)), OURS, "c"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sdp_sendrecvSound_isSendonly() throws Exception {
        MediaSection audio = parsed(answer(Offers.parsed("chromium-156-talk"), HIGH, PCMA))
                .media()
                .get(0);
        assertThat(audio.direction()).isEqualTo(Direction.SENDONLY);
    }

    @Test
    void sdp_sectionThatOnlySends_isInactive() throws Exception {
        Offer offer = Offer.parse(Offers.smallWith("a=recvonly", "a=sendonly"));
        assertThat(parsed(answer(offer, HIGH, PCMA)).media())
                .allMatch(section -> section.direction() == Direction.INACTIVE && section.port() == 9);
    }

    @Test
    void sdp_dataChannel_isAccepted() throws Exception {
        SessionDescription answer = parsed(answer(Offers.parsed("chromium-156-home-assistant-2024"), HIGH, PCMA));
        MediaSection data = answer.media().get(2);
        assertThat(data.port()).isEqualTo(9);
        assertThat(data.formats()).containsExactly("webrtc-datachannel");
        assertThat(data.attribute("sctp-port")).contains("5000");
        assertThat(answer.attribute("group")).contains("BUNDLE 0 1 2");
    }

    @Test
    void sdp_dataChannelOfOldForm_isAcceptedInIts() throws Exception {
        String old =
                "m=application 9 DTLS/SCTP 5001\r\nc=IN IP4 0.0.0.0\r\na=mid:2\r\na=sctpmap:5001 webrtc-datachannel 256\r\n";
        Offer offer = Offer.parse(Offers.smallWith("a=group", "a=group:BUNDLE 0 1 2") + old);
        MediaSection data = parsed(answer(offer, HIGH)).media().get(2);
        assertThat(data.formats()).containsExactly("5001");
        assertThat(data.attribute("sctpmap")).contains("5001 webrtc-datachannel 1024");
    }

    @Test
    void sdp_unknownKind_isRejectedUnlessItIsTheTransport() throws Exception {
        String text = "m=text 9 UDP/TLS/RTP/SAVPF 98\r\na=mid:t\r\na=rtpmap:98 t140/1000\r\na=rtcp-mux\r\n";
        Offer last = Offer.parse(Offers.smallWith("a=group", "a=group:BUNDLE 0 1 t") + text);
        SessionDescription answer = parsed(answer(last, HIGH, PCMA));
        assertThat(answer.media().get(2).port()).isZero();
        assertThat(answer.attribute("group")).contains("BUNDLE 0 1");

        String session = "a=ice-ufrag:abcd\r\na=ice-pwd:0123456789abcdefABCDEF\r\na=fingerprint:sha-256 "
                + "AA:".repeat(31) + "AA\r\n";
        Offer first = Offer.parse(Offers.smallWith("a=group", "a=group:BUNDLE t 0 1") + text + session);
        assertThat(first.transport()).isEqualTo(2);
        MediaSection transport = parsed(answer(first, HIGH, PCMA)).media().get(2);
        assertThat(transport.port()).isEqualTo(9);
        assertThat(transport.direction()).isEqualTo(Direction.INACTIVE);
        assertThat(transport.values("candidate")).hasSize(2);
    }

    @Test
    void sdp_sectionOutsideTheBundle_isRejected() throws Exception {
        Offer offer = Offer.parse(Offers.smallWith("a=group", "a=group:BUNDLE 1"));
        SessionDescription answer = parsed(answer(offer, HIGH, PCMA));
        assertThat(answer.media().get(0).port()).isZero();
        assertThat(answer.media().get(1).port()).isEqualTo(9);
        assertThat(answer.attribute("group")).contains("BUNDLE 1");
    }

    @Test
    void sdp_offerWithoutBundle_hasNoGroup() throws Exception {
        SessionDescription answer = parsed(answer(Offers.parsed("gstreamer-without-bundle"), HIGH, new Codec.Opus()));
        assertThat(answer.has("group")).isFalse();
        assertThat(answer.media().get(0).port()).isZero();
        assertThat(answer.media().get(1).direction()).isEqualTo(Direction.SENDONLY);
        assertThat(answer.media().get(1).values("candidate")).hasSize(2);
    }

    @Test
    void sdp_candidatesStillToCome_doesNotSayTheirEnd() throws Exception {
        Offer offer = Offer.parse(Offers.SMALL);
        LocalTransport trickling =
                new LocalTransport(OURS.ufrag(), OURS.password(), OURS.fingerprint(), List.of(), false);
        Answer answer = new Answer(offer, 1, List.of(Optional.empty(), Optional.empty()), trickling, "c");
        assertThat(answer.sdp()).doesNotContain("candidate").contains("a=ice-options:trickle");
    }

    @Test
    void answer_thatDoesNotFitItsOffer_isRefused() throws Exception {
        Offer offer = Offer.parse(Offers.SMALL);
        OfferedCodec video = offer.sections().get(1).codecs().getFirst();
        List<Optional<Answer.Send>> wrong = List.of(Optional.of(new Answer.Send(video, 1, "video")), Optional.empty());
        assertThatThrownBy(() -> new Answer(offer, 1, wrong, OURS, "c")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Answer(offer, 1, List.of(), OURS, "c"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> new LocalTransport("abcd", Secret.of("x"), OURS.fingerprint(), List.of("1 1 udp"), true))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void toString_ofAnswer_hidesThePassword() throws Exception {
        assertThat(answer(Offer.parse(Offers.SMALL), HIGH).toString()).doesNotContain("oRiElpassword");
    }
}
