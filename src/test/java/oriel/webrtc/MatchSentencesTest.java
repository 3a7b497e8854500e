package oriel.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import oriel.base.Bytes;
import oriel.media.Codec;

class MatchSentencesTest {
    private static final Codec AAC = new Codec.Aac(16_000, 1, Bytes.empty());
    private static final Codec PCMA = new Codec.G711(Codec.G711.Law.A, 8_000, 1);

    @Test
    void nothingFits_namesBothSides() throws Exception {
        Offer offer = Offers.parsed("chromium-156-home-assistant-2026");
        assertThat(MatchSentences.nothingFits(List.of(Codec.H265.unknown(), AAC), offer))
                .isEqualTo("The camera sends video:H265, audio:AAC; this viewer takes video:VP8 VP9 H264 "
                        + "H264(packetization-mode=0) AV1, audio:OPUS G722 PCMU PCMA.");
    }

    @Test
    void nothingFits_profiles_areNamedWhereTheyAreNotTheUsualOnes() throws Exception {
        Offer offer = Offer.parse(Offers.SMALL);
        Codec ten = new Codec.H265(
                Bytes.empty(),
                Bytes.ofHex("42010102200000030090000003000003005da00280802d136597924dac80"),
                Bytes.empty());
        assertThat(MatchSentences.nothingFits(
                        List.of(ten, Codec.H265.unknown(), new Codec.Vp9(2), new Codec.Vp9(), new Codec.Av1(1, 5, 0)),
                        offer))
                .startsWith("The camera sends video:H265(profile 2), video:H265, video:VP9(profile 2), video:VP9,"
                        + " video:AV1(profile 1); this viewer");
    }

    @Test
    void nothingFits_oddRates_areNamed() throws Exception {
        Offer offer = Offer.parse(Offers.SMALL);
        Codec odd = new Codec.G711(Codec.G711.Law.A, 16_000, 1);
        assertThat(MatchSentences.nothingFits(List.of(odd, new Codec.L16(16_000, 2)), offer))
                .isEqualTo("The camera sends audio:PCMA/16000, audio:L16/16000/2; this viewer takes video:VP8 H264, "
                        + "audio:OPUS PCMU PCMA.");
    }

    @Test
    void nothingFits_nothingOnASide_saysSo() throws Exception {
        Offer offer = Offer.parse(Offers.smallWith("a=recvonly", "a=inactive"));
        assertThat(MatchSentences.nothingFits(List.of(), offer))
                .isEqualTo("The camera sends nothing; this viewer takes nothing.");
    }

    @Test
    void noSound_aacOnly_saysWhatToDo() throws Exception {
        assertThat(MatchSentences.noSound(List.of(Codec.H264.unknown(), AAC), Offer.parse(Offers.SMALL)))
                .contains("No sound: the camera sends AAC, and this viewer takes OPUS PCMU PCMA. "
                        + "Set the camera's sound to PCMA or PCMU or OPUS.");
    }

    @Test
    void noSound_otherReasons_areTold() throws Exception {
        Offer offer = Offer.parse(Offers.SMALL);
        assertThat(MatchSentences.noSound(List.of(AAC, PCMA), offer)).isEmpty();
        assertThat(MatchSentences.noSound(List.of(Codec.H264.unknown()), offer))
                .contains("This camera sends no sound.");
        Offer mute = Offer.parse(Offers.SMALL.replace("a=mid:0\na=recvonly", "a=mid:0\na=inactive"));
        assertThat(MatchSentences.noSound(List.of(PCMA), mute)).contains("This viewer asked for no sound.");
    }

    @Test
    void noPicture_h265Only_saysWhatToDo() throws Exception {
        Offer offer = Offer.parse(Offers.SMALL);
        assertThat(MatchSentences.noPicture(List.of(Codec.H265.unknown(), PCMA), offer))
                .contains("No picture: the camera sends H265, and this viewer takes VP8 H264. "
                        + "Set the camera's picture to H264.");
        assertThat(MatchSentences.noPicture(List.of(Codec.H264.unknown()), offer))
                .isEmpty();
        assertThat(MatchSentences.noPicture(List.of(PCMA), offer)).contains("This camera sends no picture.");
    }
}
