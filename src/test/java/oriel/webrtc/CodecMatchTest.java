package oriel.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.media.Codec;
import oriel.media.MediaKind;

class CodecMatchTest {
    private static final String MAIN = "42010101600000030090000003000003005da00280802d16597924dac8";
    private static final String MAIN_10 = "42010102200000030090000003000003005da00280802d136597924dac80";
    private static final String MAIN_LEVEL_51 = "420101016000000300900000030000030099a00280802d16597924dac8";
    private static final String MAIN_HIGH_TIER = "42010121600000030090000003000003005da00280802d16597924dac8";

    private static final String TRANSPORT = """
            v=0
            a=ice-ufrag:abcd
            a=ice-pwd:0123456789abcdefABCDEF
            a=fingerprint:sha-256 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF
            """;

    /** A section of these payload types; one line of attributes for each. */
    private static OfferSection section(String media, String formats, String... attributes) throws MalformedException {
        String sdp = TRANSPORT + "m=" + media + " 9 UDP/TLS/RTP/SAVPF " + formats + "\na=rtcp-mux\na="
                + String.join("\na=", attributes) + "\n";
        return Offer.parse(sdp).sections().getFirst();
    }

    private static Codec.H264 h264(String sps) {
        return new Codec.H264(Bytes.ofHex(sps), Bytes.empty());
    }

    private static Codec.H265 h265(String sps) {
        return new Codec.H265(Bytes.empty(), Bytes.ofHex(sps), Bytes.empty());
    }

    private static void assertMatch(OfferSection section, Codec codec, int payloadType) {
        Optional<OfferedCodec> best = section.bestFor(codec);
        assertThat(best.map(OfferedCodec::payloadType)).contains(payloadType);
    }

    // Chromium 156 offers 102 42001f, 108 42e01f, 116 4d001f, 41 f4001f, all of mode 1; no High.
    @ParameterizedTest
    @CsvSource({
        "6742e01f, 108",
        "6742c01f, 108",
        "6742001f, 102",
        "674d001f, 116",
        "674d4028, 116",
        "67f4001f, 41",
        "6764001f, 108",
        "67640c1f, 108",
        "676e0028, 108",
        "'', 108",
        "67, 108",
    })
    void bestFor_h264OnChromium_isTheProfileOfTheCameraElseConstrainedBaseline(String sps, int payloadType)
            throws Exception {
        OfferSection video =
                Offers.parsed("chromium-156-home-assistant-2026").sections().get(1);
        assertMatch(video, h264(sps), payloadType);
    }

    @Test
    void bestFor_h264OnFirefox_isModeOne() throws Exception {
        assertMatch(Offers.parsed("firefox").sections().get(1), h264("6764001f"), 126);
    }

    @Test
    void bestFor_highOnSafari_isItsConstrainedHigh() throws Exception {
        OfferSection safari = section(
                "video",
                "96 98",
                "rtpmap:96 H264/90000",
                "fmtp:96 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
                "rtpmap:98 H264/90000",
                "fmtp:98 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=640c1f");
        assertMatch(safari, h264("67640028"), 98);
        assertMatch(safari, h264("6742e01f"), 96);
        assertMatch(safari, h264("674d0028"), 96);
    }

    @Test
    void bestFor_h264OfModeZeroOnly_isNone() throws Exception {
        OfferSection modeZero = section("video", "96", "rtpmap:96 H264/90000", "fmtp:96 profile-level-id=42e01f");
        assertThat(modeZero.bestFor(h264("6742e01f"))).isEmpty();
        OfferSection silent = section("video", "96", "rtpmap:96 H264/90000");
        assertThat(silent.bestFor(h264("6742e01f"))).isEmpty();
    }

    @Test
    void bestFor_h264OfOddProfiles_stillIsOne() throws Exception {
        OfferSection odd =
                section("video", "96", "rtpmap:96 h264/90000", "fmtp:96 packetization-mode=1;profile-level-id=zzz");
        assertMatch(odd, h264("6764001f"), 96);
    }

    @Test
    void bestFor_h265_isTheProfileOfTheCamera() throws Exception {
        OfferSection video = section(
                "video",
                "49 51 53",
                "rtpmap:49 H265/90000",
                "fmtp:49 level-id=180;profile-id=1;tier-flag=0;tx-mode=SRST",
                "rtpmap:51 H265/90000",
                "fmtp:51 level-id=180;profile-id=2;tier-flag=0;tx-mode=SRST",
                "rtpmap:53 H265/90000",
                "fmtp:53 profile-id=1;tx-mode=MRST");
        assertMatch(video, h265(MAIN), 49);
        assertMatch(video, h265(MAIN_10), 51);
        assertMatch(video, Codec.H265.unknown(), 49);
        assertThat(Offers.parsed("firefox").sections().get(1).bestFor(Codec.H265.unknown()))
                .isEmpty();
    }

    @Test
    void bestFor_h265_isAProfileThatThePicturesKeepTo() throws Exception {
        OfferSection main = section(
                "video", "49", "rtpmap:49 H265/90000", "fmtp:49 level-id=93;profile-id=1;tier-flag=0;tx-mode=SRST");
        assertMatch(main, h265(MAIN), 49);
        assertThat(main.bestFor(h265(MAIN_10))).isEmpty();
        // Decoders do more than they say.
        assertMatch(main, h265(MAIN_LEVEL_51), 49);
        assertMatch(main, h265(MAIN_HIGH_TIER), 49);
        // What a camera sends as Main is Main 10 as well, and says so.
        OfferSection ten = section("video", "51", "rtpmap:51 H265/90000", "fmtp:51 level-id=93;profile-id=2");
        assertMatch(ten, h265(MAIN), 51);
        assertMatch(ten, h265("42"), 51);
    }

    @Test
    void bestFor_h265_prefersTheLevelAndTierOfTheCamera() throws Exception {
        OfferSection video = section(
                "video",
                "49 51 53 55",
                "rtpmap:49 H265/90000",
                "fmtp:49 level-id=93;profile-id=1;tier-flag=0;tx-mode=SRST",
                "rtpmap:51 H265/90000",
                "fmtp:51 level-id=156;profile-id=1;tier-flag=0",
                "rtpmap:53 H265/90000",
                "fmtp:53 level-id=156;profile-id=1;tier-flag=1",
                "rtpmap:55 H265/90000",
                "fmtp:55 level-id=156;profile-id=1;tier-flag=1;tx-mode=MRMT");
        assertMatch(video, h265(MAIN), 49);
        assertMatch(video, h265(MAIN_LEVEL_51), 51);
        assertMatch(video, h265(MAIN_HIGH_TIER), 53);
    }

    @Test
    void bestFor_vp9_isItsProfile() throws Exception {
        OfferSection video =
                section("video", "98 100", "rtpmap:98 VP9/90000", "rtpmap:100 VP9/90000", "fmtp:100 profile-id=2");
        assertMatch(video, new Codec.Vp9(), 98);
        assertMatch(video, new Codec.Vp9(2), 100);
        assertThat(video.bestFor(new Codec.Vp9(1))).isEmpty();
    }

    @Test
    void bestFor_av1_isAProfileThatHoldsIt_thenTheLevelAndTier() throws Exception {
        OfferSection video = section(
                "video",
                "45 46 47",
                "rtpmap:45 AV1/90000",
                "fmtp:45 level-idx=5;profile=0;tier=0",
                "rtpmap:46 AV1/90000",
                "fmtp:46 level-idx=5;profile=1;tier=0",
                "rtpmap:47 AV1/90000",
                "fmtp:47 level-idx=12;profile=0;tier=1");
        assertMatch(video, new Codec.Av1(), 45);
        assertMatch(video, new Codec.Av1(1, 5, 0), 46);
        assertMatch(video, new Codec.Av1(0, 9, 0), 47);
        assertMatch(video, new Codec.Av1(0, 5, 1), 47);
        assertMatch(video, new Codec.Av1(1, 20, 0), 46);
        assertThat(video.bestFor(new Codec.Av1(2, 1, 0))).isEmpty();
        OfferSection silent = section("video", "45", "rtpmap:45 AV1/90000", "fmtp:45 profile=x");
        assertMatch(silent, new Codec.Av1(), 45);
    }

    @Test
    void bestFor_flac_isNone_evenWhereItIsOffered() throws Exception {
        OfferSection audio = section("audio", "97", "rtpmap:97 FLAC/48000/2");
        assertThat(audio.bestFor(new Codec.Unknown(MediaKind.AUDIO, "FLAC", 48_000)))
                .isEmpty();
    }

    @Test
    void bestFor_otherPictures_areTheirFirstProfile() throws Exception {
        OfferSection video =
                Offers.parsed("chromium-156-home-assistant-2026").sections().get(1);
        assertMatch(video, new Codec.Vp8(), 96);
        assertMatch(video, new Codec.Vp9(), 98);
        assertMatch(video, new Codec.Av1(), 45);
        assertThat(video.bestFor(new Codec.Mjpeg())).isEmpty();
        assertThat(video.bestFor(new Codec.Unknown(MediaKind.VIDEO, "RTX", 90_000)))
                .isEmpty();
    }

    @Test
    void bestFor_sounds_areThoseWithTheSameRateAndChannels() throws Exception {
        OfferSection audio =
                Offers.parsed("chromium-156-home-assistant-2026").sections().get(0);
        assertMatch(audio, new Codec.Opus(), 111);
        assertMatch(audio, new Codec.G711(Codec.G711.Law.A, 8_000, 1), 8);
        assertMatch(audio, new Codec.G711(Codec.G711.Law.MU, 8_000, 1), 0);
        assertMatch(audio, new Codec.G722(), 9);
        assertThat(audio.bestFor(new Codec.G711(Codec.G711.Law.A, 16_000, 1))).isEmpty();
        assertThat(audio.bestFor(new Codec.G711(Codec.G711.Law.A, 8_000, 2))).isEmpty();
        assertThat(audio.bestFor(new Codec.L16(16_000, 1))).isEmpty();
        assertThat(audio.bestFor(new Codec.Aac(48_000, 2, Bytes.empty()))).isEmpty();
        assertThat(audio.bestFor(new Codec.Unknown(MediaKind.AUDIO, "CN", 8_000)))
                .isEmpty();
    }

    @Test
    void bestFor_payloadTypesWithoutRtpmap_areTheFixedOnes() throws Exception {
        OfferSection audio = section("audio", "0 8 9 10 11 13", "recvonly");
        assertMatch(audio, new Codec.G711(Codec.G711.Law.MU, 8_000, 1), 0);
        assertMatch(audio, new Codec.G711(Codec.G711.Law.A, 8_000, 1), 8);
        assertMatch(audio, new Codec.G722(), 9);
        assertMatch(audio, new Codec.L16(44_100, 2), 10);
        assertMatch(audio, new Codec.L16(44_100, 1), 11);
    }

    @Test
    void bestFor_l16_isThatOfTheSameRate() throws Exception {
        OfferSection audio = section("audio", "97 98", "rtpmap:97 L16/16000", "rtpmap:98 L16/48000/2");
        assertMatch(audio, new Codec.L16(16_000, 1), 97);
        assertMatch(audio, new Codec.L16(48_000, 2), 98);
        assertThat(audio.bestFor(new Codec.L16(48_000, 1))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"sendonly", "inactive"})
    void bestFor_sectionThatReceivesNothing_isNone(String direction) throws Exception {
        OfferSection audio = section("audio", "0", direction);
        assertThat(audio.bestFor(new Codec.G711(Codec.G711.Law.MU, 8_000, 1))).isEmpty();
    }
}
