package oriel.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.MalformedException;
import oriel.media.Codec;
import oriel.media.Direction;
import oriel.media.MediaKind;
import oriel.webrtc.dtls.Fingerprint;

class OfferTest {
    static Stream<String> all() {
        return Offers.ALL.stream();
    }

    private static void assertRefused(String sdp, String reason) {
        assertThatThrownBy(() -> Offer.parse(sdp))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void parse_homeAssistant2026_givesItsSections() throws Exception {
        Offer offer = Offers.parsed("chromium-156-home-assistant-2026");
        assertThat(offer.ufrag()).isEqualTo("Umij");
        assertThat(offer.password().reveal()).isEqualTo("nQMWjV6dM2379nk0lQ2G3unv");
        assertThat(offer.iceLite()).isFalse();
        assertThat(offer.bundle()).isTrue();
        assertThat(offer.transport()).isZero();
        assertThat(offer.candidates()).isEmpty();
        assertThat(offer.endOfCandidates()).isFalse();
        assertThat(offer.fingerprints())
                .containsExactly(Fingerprint.parse("sha-256 C5:19:06:BF:1B:CB:92:C1:D7:9E:70:52:DD:1B:C4:1A:"
                        + "10:A0:F0:C4:83:AB:C3:E3:AE:78:40:63:B8:27:7A:0C"));

        OfferSection audio = offer.sections().get(0);
        assertThat(audio.kind()).isEqualTo(OfferSection.Kind.AUDIO);
        assertThat(audio.mid()).isEqualTo("0");
        assertThat(audio.direction()).isEqualTo(Direction.RECVONLY);
        assertThat(audio.codecs())
                .extracting(OfferedCodec::payloadType)
                .containsExactly(111, 63, 9, 0, 8, 13, 110, 126);
        assertThat(audio.rtcpMux()).isTrue();
        assertThat(audio.rtcpRsize()).isTrue();

        OfferSection video = offer.sections().get(1);
        assertThat(video.kind()).isEqualTo(OfferSection.Kind.VIDEO);
        assertThat(video.codecs())
                .hasSize(34)
                .first()
                .extracting(OfferedCodec::name)
                .isEqualTo("VP8");
        assertThat(video.extensions()).contains(new HeaderExtension(4, "urn:ietf:params:rtp-hdrext:sdes:mid"));
    }

    @Test
    void parse_codec_readsParametersFeedbackAndRepetition() throws Exception {
        OfferSection video =
                Offers.parsed("chromium-156-home-assistant-2026").sections().get(1);
        OfferedCodec h264 = video.codecs().stream()
                .filter(c -> c.payloadType() == 108)
                .findFirst()
                .orElseThrow();
        assertThat(h264.name()).isEqualTo("H264");
        assertThat(h264.clockRate()).isEqualTo(90_000);
        assertThat(h264.channels()).isZero();
        assertThat(h264.parameter("profile-level-id", "")).isEqualTo("42e01f");
        assertThat(h264.parameter("packetization-mode", "")).isEqualTo("1");
        assertThat(h264.feedback()).containsExactly("goog-remb", "transport-cc", "ccm fir", "nack", "nack pli");
        assertThat(video.repetitionOf(h264))
                .hasValueSatisfying(rtx -> assertThat(rtx.payloadType()).isEqualTo(109));
    }

    @Test
    void parse_homeAssistant2024_findsTheCandidatesBehindTheLastSection() throws Exception {
        Offer offer = Offers.parsed("chromium-156-home-assistant-2024");
        assertThat(offer.sections())
                .extracting(OfferSection::kind)
                .containsExactly(OfferSection.Kind.AUDIO, OfferSection.Kind.VIDEO, OfferSection.Kind.APPLICATION);
        assertThat(offer.candidates()).hasSize(6).allMatch(c -> c.startsWith("candidate:") && c.contains(".local "));
    }

    @Test
    void parse_garbageOfTheFrontend_isPassedOver() throws Exception {
        String sdp = Offers.text("chromium-156-home-assistant-2026");
        Offer offer =
                Offer.parse(sdp + "a=[object RTCIceCandidate]\r\na=[object RTCIceCandidate]\r\na=\r\nnonsense\r\n");
        assertThat(offer).isEqualTo(Offer.parse(sdp));
    }

    @Test
    void parse_firefox_takesTheSessionsFingerprint() throws Exception {
        Offer offer = Offers.parsed("firefox");
        assertThat(offer.fingerprints()).hasSize(1);
        assertThat(offer.ufrag()).isEqualTo("7c1e02d9");
        OfferSection audio = offer.sections().get(0);
        assertThat(audio.codecs()).extracting(OfferedCodec::channels).containsExactly(2, 1, 1, 1, 1);
        assertThat(audio.extensions()).contains(new HeaderExtension(2, "urn:ietf:params:rtp-hdrext:csrc-audio-level"));
    }

    @Test
    void parse_aiortc_takesAllItsFingerprintsAndEachCandidateOnce() throws Exception {
        Offer offer = Offers.parsed("aiortc");
        assertThat(offer.fingerprints())
                .extracting(Fingerprint::hash)
                .containsExactly(Fingerprint.Hash.SHA_256, Fingerprint.Hash.SHA_384, Fingerprint.Hash.SHA_512);
        assertThat(offer.candidates()).hasSize(1);
        assertThat(offer.endOfCandidates()).isTrue();
    }

    @Test
    void parse_withoutBundle_servesThePictureAlone() throws Exception {
        Offer offer = Offers.parsed("gstreamer-without-bundle");
        assertThat(offer.bundle()).isFalse();
        assertThat(offer.transport()).isEqualTo(1);
        assertThat(offer.ufrag()).startsWith("tUfO");
        assertThat(offer.sections().get(0).takes(MediaKind.AUDIO)).isFalse();
        assertThat(offer.sections().get(1).takes(MediaKind.VIDEO)).isTrue();
    }

    @Test
    void parse_lineEndsOfUnix_areTaken() throws Exception {
        for (String name : Offers.ALL) {
            String sdp = Offers.text(name);
            assertThat(Offer.parse(sdp.replace("\r\n", "\n"))).isEqualTo(Offer.parse(sdp));
        }
    }

    @Test
    void parse_attributesInAnyOrder_meansTheSame() throws Exception {
        Random random = new Random(20261120);
        for (String name : Offers.ALL) {
            Offer expected = Offers.parsed(name);
            for (int round = 0; round < 20; round++) {
                Offer shuffled = Offer.parse(shuffled(Offers.text(name), random));
                assertThat(shuffled.ufrag()).isEqualTo(expected.ufrag());
                assertThat(shuffled.candidates()).containsExactlyInAnyOrderElementsOf(expected.candidates());
                for (OfferSection section : expected.sections()) {
                    OfferSection same = shuffled.sections().get(section.index());
                    assertThat(same.mid()).isEqualTo(section.mid());
                    assertThat(same.direction()).isEqualTo(section.direction());
                    assertThat(same.codecs())
                            .extracting(OfferedCodec::payloadType, OfferedCodec::name, OfferedCodec::parameters)
                            .isEqualTo(section.codecs().stream()
                                    .map(c -> org.assertj.core.groups.Tuple.tuple(
                                            c.payloadType(), c.name(), c.parameters()))
                                    .toList());
                }
            }
        }
    }

    // The a= lines of each section among themselves.
    private static String shuffled(String sdp, Random random) {
        StringBuilder text = new StringBuilder();
        List<String> attributes = new ArrayList<>();
        for (String line : sdp.lines().toList()) {
            if (line.startsWith("a=")) {
                attributes.add(line);
            } else {
                Collections.shuffle(attributes, random);
                attributes.forEach(a -> text.append(a).append("\r\n"));
                attributes.clear();
                text.append(line).append("\r\n");
            }
        }
        Collections.shuffle(attributes, random);
        attributes.forEach(a -> text.append(a).append("\r\n"));
        return text.toString();
    }

    @Test
    void parse_twoMeaningsOfDirection_sectionsOwnWins() throws Exception {
        String session = Offers.SMALL.replace("t=0 0\n", "t=0 0\na=sendonly\n");
        assertThat(Offer.parse(session).sections()).allMatch(s -> s.direction() == Direction.RECVONLY);
        String silent = Offers.smallWith("a=recvonly", "").replace("t=0 0\r\n", "t=0 0\r\na=recvonly\r\n");
        assertThat(Offer.parse(silent).sections()).allMatch(s -> s.direction() == Direction.RECVONLY);
        assertThat(Offer.parse(Offers.smallWith("a=recvonly", "")).sections())
                .allMatch(s -> s.direction() == Direction.SENDRECV);
    }

    @Test
    void parse_bundleOnlySection_isInUse() throws Exception {
        Offer offer = Offer.parse(
                Offers.smallWith("a=mid:1", "a=mid:1\r\na=bundle-only").replace("m=video 9 ", "m=video 0 "));
        assertThat(offer.sections().get(1).takes(MediaKind.VIDEO)).isTrue();
    }

    @Test
    void parse_rejectedFirstSection_makesTheSecondTheTransport() throws Exception {
        Offer offer = Offer.parse(Offers.SMALL.replace("m=audio 9 ", "m=audio 0 "));
        assertThat(offer.transport()).isEqualTo(1);
        assertThat(offer.sections().get(0).takesMedia()).isFalse();
    }

    @Test
    void parse_moreCandidatesThanAnybodyNeeds_keeps64() throws Exception {
        StringBuilder sdp = new StringBuilder(Offers.SMALL);
        for (int i = 0; i < 200; i++) {
            sdp.append("a=candidate:").append(i).append(" 1 udp 1 192.0.2.1 5000 typ host\r\n");
        }
        sdp.append("a=candidate:").append("x".repeat(600)).append("\r\n");
        assertThat(Offer.parse(sdp.toString()).candidates())
                .hasSize(Offer.MAX_CANDIDATES)
                .allMatch(c -> c.length() < 600);
    }

    @Test
    void parse_codecLinesWithoutSense_costOnlyTheirPayloadType() throws Exception {
        String odd = Offers.SMALL.replace(
                "a=rtpmap:96 VP8/90000",
                "a=rtpmap:96 VP<8>/90000\na=rtpmap:999 X/1\na=rtpmap:\na=fmtp:108\na=rtcp-fb:108\na=rtpmap:108 H264/9e9");
        assertThat(Offer.parse(odd).sections().get(1).codecs())
                .extracting(OfferedCodec::name)
                .containsExactly("H264");
    }

    @Test
    void parse_setup_mustLetUsBePassive() throws Exception {
        assertThat(Offer.parse(Offers.smallWith("a=setup", "a=setup:active")).sections())
                .hasSize(2);
        assertThat(Offer.parse(Offers.smallWith("a=setup", "")).sections()).hasSize(2);
        assertRefused(Offers.smallWith("a=setup", "a=setup:passive"), "the viewer must be the DTLS client");
        assertRefused(Offers.smallWith("a=setup", "a=setup:holdconn"), "other than actpass or active");
    }

    @Test
    void parse_fingerprint_mustBeStrong() throws Exception {
        assertRefused(Offers.smallWith("a=fingerprint", ""), "offer without a=fingerprint");
        assertRefused(
                Offers.smallWith("a=fingerprint", "a=fingerprint:sha-1 " + "AA:".repeat(19) + "AA"),
                "offer with a fingerprint by sha-1, which can be forged");
        String strong = "a=fingerprint:sha-256 " + "AA:".repeat(31) + "AA";
        String both = "a=fingerprint:md5 " + "AA:".repeat(15) + "AA\r\n" + strong;
        assertThat(Offer.parse(Offers.smallWith("a=fingerprint", both)).fingerprints())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=ice-ufrag:abc", "a=ice-ufrag:a b c", "a=ice-ufrag:ab:cd", "a=ice-ufrag:", "x"})
    void parse_ufrag_mustBeOne(String line) {
        assertRefused(Offers.smallWith("a=ice-ufrag", line), "a=ice-ufrag");
    }

    @Test
    void parse_credentials_haveTheirLengths() {
        assertRefused(Offers.smallWith("a=ice-pwd", "a=ice-pwd:short"), "a=ice-pwd is not of 22 to 256 characters");
        assertRefused(Offers.smallWith("a=ice-pwd", "a=ice-pwd:" + "x".repeat(257)), "22 to 256");
        assertRefused(Offers.smallWith("a=ice-pwd", ""), "offer without a=ice-pwd");
    }

    @Test
    void parse_offerThatCannotWork_isRefusedWithTheReason() {
        assertRefused("v=0\r\ns=-\r\na=x\r\n", "offer without a section");
        assertRefused(Offers.smallWith("a=rtcp-mux", ""), "offer without a=rtcp-mux");
        assertRefused(Offers.smallWith("a=mid", "a=mid:0"), "the same a=mid twice");
        assertRefused(Offers.smallWith("a=mid", "a=mid:" + "x".repeat(65)), "a=mid of over 64");
        assertRefused(Offers.smallWith("a=group", "a=group:BUNDLE x y"), "names no section in use");
        assertRefused(
                Offers.smallWith("a=group", "")
                        .replace("m=audio 9", "m=audio 0")
                        .replace("m=video 9", "m=video 0"),
                "without a section for picture or sound");
    }

    @ParameterizedTest
    @MethodSource("all")
    void parse_cutAnywhere_givesAnOfferOrAReason(String name) {
        String sdp = Offers.text(name);
        for (int length = 0; length < sdp.length(); length++) {
            assertOfferOrReason(sdp.substring(0, length));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"firefox", "aiortc", "gstreamer-without-bundle"})
    void parse_anyBitFlipped_givesAnOfferOrAReason(String name) {
        char[] sdp = Offers.text(name).toCharArray();
        for (int bit = 0; bit < sdp.length * 7; bit++) {
            sdp[bit / 7] ^= (char) (1 << bit % 7);
            assertOfferOrReason(new String(sdp));
            sdp[bit / 7] ^= (char) (1 << bit % 7);
        }
    }

    private static void assertOfferOrReason(String sdp) {
        try {
            Offer offer = Offer.parse(sdp);
            offer.sections().forEach(section -> section.bestFor(Codec.H264.unknown()));
        } catch (MalformedException e) {
            assertThat(e.reason()).isNotBlank().hasSizeLessThan(200);
        }
    }

    @Test
    void parse_tooMuch_isRefusedAtALimit() {
        String section = "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\n";
        assertRefused(section.repeat(1000), "more than 64 media sections");
        assertRefused(section.repeat(10_000), "longer than 65536 characters");
        assertRefused(Offers.SMALL + "a=fmtp:108 " + "x=1;".repeat(250_000), "longer than 65536 characters");
        assertRefused(Offers.SMALL + "a=x\r\n".repeat(5000), "more than 4096 lines");
        assertRefused("m=audio 9 UDP/TLS/RTP/SAVPF" + " 0".repeat(300), "too many formats");
    }

    @Test
    void parse_moreParametersThanAnyCodecHas_keeps64() throws Exception {
        StringBuilder line = new StringBuilder("a=fmtp:108 packetization-mode=1");
        for (int i = 0; i < 1000; i++) {
            line.append(";p").append(i).append("=1");
        }
        Offer offer = Offer.parse(Offers.smallWith("a=fmtp:108", line.toString()));
        OfferedCodec h264 =
                offer.sections().get(1).bestFor(Codec.H264.unknown()).orElseThrow();
        assertThat(h264.parameters()).hasSize(64);
    }

    @Test
    void toString_ofOffer_hidesThePassword() throws Exception {
        assertThat(Offer.parse(Offers.SMALL).toString()).doesNotContain("0123456789abcdefABCDEF");
    }
}
