package oriel.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static oriel.sdp.CameraDescriptions.H264;
import static oriel.sdp.CameraDescriptions.PPS;
import static oriel.sdp.CameraDescriptions.PPS_TEXT;
import static oriel.sdp.CameraDescriptions.SPS;
import static oriel.sdp.CameraDescriptions.SPS_TEXT;
import static oriel.sdp.CameraDescriptions.VPS;
import static oriel.sdp.CameraDescriptions.VPS_TEXT;
import static oriel.sdp.CameraDescriptions.receives;

import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.media.Codec;
import oriel.media.Codec.G711.Law;
import oriel.media.Direction;
import oriel.media.MediaKind;
import oriel.testing.Proves;

class RtspTracksTest {
    private static final String BASE = "rtsp://192.168.1.64:554/live/";

    private static RtspTracks read(String sdp) {
        return read(sdp, BASE);
    }

    private static RtspTracks read(String sdp, String base) {
        try {
            return RtspTracks.of(SessionDescription.parse(sdp), base);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oriel.sdp.CameraDescriptions#cameras")
    void of_cameraFamilies_readsTheirTracks(
            String family, String sdp, String base, String control, List<RtspTrack> tracks) {
        RtspTracks read = read(sdp, base);

        assertThat(read.tracks()).containsExactlyElementsOf(tracks);
        assertThat(read.control()).isEqualTo(control);
        assertThat(read.description().tracks()).hasSameSizeAs(tracks);
        assertThat(family).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "rtsp://h/a, '', rtsp://h/a",
        "rtsp://h/a, *, rtsp://h/a",
        "rtsp://h/a/, *, rtsp://h/a/",
        "rtsp://h/a, trackID=1, rtsp://h/a/trackID=1",
        "rtsp://h/a/, trackID=1, rtsp://h/a/trackID=1",
        "rtsp://h/a, /trackID=1, rtsp://h/a/trackID=1",
        "rtsp://h/a/, /trackID=1, rtsp://h/a/trackID=1",
        "rtsp://h/a?x=1&y=2, trackID=1, rtsp://h/a?x=1&y=2/trackID=1",
        "rtsp://h/a, ?ctype=video, rtsp://h/a?ctype=video",
        "rtsp://h/a, rtsp://h/b/t1, rtsp://h/b/t1",
        "rtsp://h:554/a, rtsp://h/b/t1, rtsp://h:554/b/t1",
        "rtsps://h/a, rtsp://10.0.0.1:554/b?q/t1, rtsps://h/b?q/t1",
        "rtsp://h/a, rtsp://u:p@other, rtsp://h",
        "rtsp://H/a, RTSP://h/b, RTSP://h/b",
        "rtsp://h/a, rtsp://rtsp://h/b/t1, rtsp://h/b/t1",
        "rtsp://h/a, tr?u=http://x/, rtsp://h/a/tr?u=http://x/",
        "a, rtsp://h/b, rtsp://h/b",
        "'', t1, /t1",
    })
    void resolve_controlAndBase_giveTheUrlThatCamerasExpect(String base, String control, String url) {
        assertThat(ControlUrl.resolve(base, control)).isEqualTo(url);
    }

    @Test
    void of_parameterSetsInWrongOrder_areToldApartByType() {
        RtspTracks read = read("m=video 0 RTP/AVP 96\na=rtpmap:96 H264/90000\na=fmtp:96 sprop-parameter-sets="
                + PPS_TEXT + "," + SPS_TEXT + "," + SPS_TEXT);

        assertThat(read.tracks().getFirst().track().codec()).isEqualTo(H264);
    }

    @Test
    void of_parameterSetsWithStartCodes_areReadWithout() {
        String annexB = Base64.getEncoder()
                .encodeToString(Bytes.ofHex("00000001" + SPS.toHex() + "00000001" + PPS.toHex())
                        .toArray());
        RtspTracks read =
                read("m=video 0 RTP/AVP 96\na=rtpmap:96 H264/90000\na=fmtp:96 sprop-parameter-sets=" + annexB);

        assertThat(read.tracks().getFirst().track().codec()).isEqualTo(H264);
    }

    @Test
    void of_parameterSetsWithZerosBehind_areReadWithout() {
        String sets = Base64.getEncoder()
                        .encodeToString(Bytes.ofHex(SPS.toHex() + "00").toArray()) + ","
                + Base64.getEncoder()
                        .encodeToString(Bytes.ofHex(PPS.toHex() + "0000").toArray());
        RtspTracks read = read("m=video 0 RTP/AVP 96\na=rtpmap:96 H264/90000\na=fmtp:96 sprop-parameter-sets=" + sets);

        assertThat(read.tracks().getFirst().track().codec()).isEqualTo(H264);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a=fmtp:96 ",
                "a=fmtp:96",
                "a=fmtp:96 packetization-mode=1",
                "a=fmtp:96 sprop-parameter-sets=",
                "a=fmtp:96 sprop-parameter-sets=,,",
                "a=fmtp:96 sprop-parameter-sets=A",
                "a=fmtp:96 sprop-parameter-sets=*#!",
                "a=fmtp:96 sprop-parameter-sets",
                "a=fmtp:96 ;;;=;",
            })
    void of_parameterSetsMissingOrBroken_isH264WithoutThem(String line) {
        RtspTracks read = read("m=video 0 RTP/AVP 96\na=rtpmap:96 H264/90000\n" + line);

        assertThat(read.tracks().getFirst().track().codec()).isEqualTo(Codec.H264.unknown());
    }

    @Test
    void of_rtpmapOfAnotherType_isBelieved() {
        RtspTracks read = read("m=video 0 RTP/AVP 96\na=rtpmap:97 H264/90000\na=fmtp:97 sprop-parameter-sets="
                + SPS_TEXT + "," + PPS_TEXT);

        assertThat(read.tracks()).containsExactly(receives(0, H264, BASE, 97));
    }

    @Test
    void of_fmtpOfAnotherType_isUsed() {
        RtspTracks read = read("m=video 0 RTP/AVP 96\na=rtpmap:96 H264/90000\na=fmtp:99 sprop-parameter-sets="
                + SPS_TEXT + "," + PPS_TEXT);

        assertThat(read.tracks()).containsExactly(receives(0, H264, BASE, 96));
    }

    @Test
    void of_fmtpInTheSectionOfTheSound_isUsed() {
        RtspTracks read = read("m=video 0 RTP/AVP 96\na=rtpmap:96 H264/90000\nm=audio 0 RTP/AVP 8\n"
                + "a=fmtp:96 sprop-parameter-sets=" + SPS_TEXT + "," + PPS_TEXT);

        assertThat(read.tracks().getFirst().track().codec()).isEqualTo(H264);
        assertThat(read.tracks().get(1).track().codec()).isEqualTo(new Codec.G711(Law.A, 8000, 1));
    }

    @Test
    void of_rtpmapForgotten_isGuessedFromTheParameters() {
        RtspTracks read = read("m=video 0 RTP/AVP 96\na=fmtp:96 packetization-mode=1\n"
                + "m=video 0 RTP/AVP 98\na=fmtp:98 sprop-vps=" + VPS_TEXT);

        assertThat(read.tracks().get(0).track().codec()).isEqualTo(Codec.H264.unknown());
        assertThat(read.tracks().get(1).track().codec()).isEqualTo(new Codec.H265(VPS, Bytes.empty(), Bytes.empty()));
    }

    static Stream<Arguments> sounds() {
        return Stream.of(
                arguments("0", "", new Codec.G711(Law.MU, 8000, 1)),
                arguments("8", "", new Codec.G711(Law.A, 8000, 1)),
                arguments("9", "", new Codec.G722()),
                arguments("10", "", new Codec.L16(44_100, 2)),
                arguments("11", "", new Codec.L16(44_100, 1)),
                arguments("97", "a=rtpmap:97 PCMA/16000/2", new Codec.G711(Law.A, 16_000, 2)),
                arguments("8", "a=rtpmap:8 PCMA", new Codec.G711(Law.A, 8000, 1)),
                arguments("8", "a=rtpmap:8 PCMA/0/0", new Codec.G711(Law.A, 8000, 1)),
                arguments("97", "a=rtpmap:97 opus/48000/2", new Codec.Opus()),
                arguments("97", "a=rtpmap:97 L16/16000", new Codec.L16(16_000, 1)),
                arguments("97", "a=rtpmap:97 L16/16000/99999999999", new Codec.L16(16_000, 1)),
                arguments("97", "a=rtpmap:97 G722/16000", new Codec.G722()),
                arguments("97", "a=rtpmap:97 mpeg4-generic/8000/1", new Codec.Aac(8000, 1, Bytes.empty())),
                arguments(
                        "97",
                        "a=rtpmap:97 MPEG4-GENERIC/48000\na=fmtp:97 config=1190",
                        new Codec.Aac(48_000, 2, Bytes.ofHex("1190"))),
                arguments(
                        "97", "a=rtpmap:97 AAC\na=fmtp:97 config=1408", new Codec.Aac(16_000, 1, Bytes.ofHex("1408"))),
                arguments("97", "a=rtpmap:97 AAC/16000\na=fmtp:97 config=zz", new Codec.Aac(16_000, 1, Bytes.empty())),
                arguments(
                        "97",
                        "a=rtpmap:97 MPEG4-GENERIC/16000\na=fmtp:97 mode=AAC-lbr;sizelength=6;indexlength=2",
                        new Codec.Unknown(MediaKind.AUDIO, "MPEG4-GENERIC", 16_000)),
                arguments(
                        "97", "a=rtpmap:97 MP4A-LATM/24000/2", new Codec.Unknown(MediaKind.AUDIO, "MP4A-LATM", 24_000)),
                arguments("97", "a=rtpmap:97 G726-32/8000", new Codec.Unknown(MediaKind.AUDIO, "G726-32", 8000)),
                arguments("97", "a=rtpmap:97 H264/90000", new Codec.Unknown(MediaKind.AUDIO, "H264", 90_000)),
                arguments("14", "", new Codec.Unknown(MediaKind.AUDIO, "MPA", 90_000)),
                arguments("97", "", new Codec.Unknown(MediaKind.AUDIO, "unknown", 8000)),
                arguments("", "", new Codec.Unknown(MediaKind.AUDIO, "unknown", 8000)),
                arguments("999 x", "", new Codec.Unknown(MediaKind.AUDIO, "unknown", 8000)),
                arguments("97 0", "a=rtpmap:97 G726-32/8000", new Codec.G711(Law.MU, 8000, 1)));
    }

    @ParameterizedTest
    @MethodSource("sounds")
    @Proves("S-015")
    void of_soundFormats_readsThem(String formats, String lines, Codec codec) {
        RtspTracks read = read("m=audio 0 RTP/AVP " + formats + "\n" + lines);

        assertThat(read.tracks()).hasSize(1);
        assertThat(read.tracks().getFirst().track().codec()).isEqualTo(codec);
    }

    @Test
    void of_pictureWithoutKnownFormat_isUnknownByItsName() {
        assertThat(read("m=video 0 RTP/AVP 33").tracks())
                .containsExactly(receives(0, new Codec.Unknown(MediaKind.VIDEO, "MP2T", 90_000), BASE, 33));
    }

    @Test
    void of_everythingSaidFromTheCamera_isReceived() {
        RtspTracks read = read("m=video 0 RTP/AVP 26\na=sendonly\nm=audio 0 RTP/AVP 0\na=sendonly");

        assertThat(read.tracks()).extracting(t -> t.track().direction()).containsOnly(Direction.RECVONLY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"recvonly", "sendrecv", "inactive", "x"})
    void of_directionsOtherThanSendonly_areReceived(String word) {
        RtspTracks read = read("m=video 0 RTP/AVP 26\nm=audio 0 RTP/AVP 0\na=" + word);

        assertThat(read.tracks().get(1).track().direction()).isEqualTo(Direction.RECVONLY);
    }

    @Test
    void of_moreThan16Tracks_keepsTheFirst() {
        RtspTracks read = read("m=audio 0 RTP/AVP 0\n".repeat(20));

        assertThat(read.tracks()).hasSize(16);
        assertThat(read.description().tracks()).hasSize(16);
    }

    @Test
    void of_nothingPlayable_isEmpty() {
        RtspTracks read = read("v=0\no=- 1 1 IN IP4 0.0.0.0\nm=application 0 RTP/AVP 107\nm=text 0 RTP/AVP 98");

        assertThat(read.tracks()).isEmpty();
        assertThat(read.description().hasPicture()).isFalse();
        assertThat(read.control()).isEqualTo(BASE);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oriel.sdp.CameraDescriptions#cameras")
    void of_cutOrFlippedAnywhere_givesTracks(
            String family, String sdp, String base, String control, List<RtspTrack> tracks) {
        for (int i = 0; i < sdp.length(); i++) {
            char[] flipped = sdp.toCharArray();
            flipped[i] ^= (char) (1 << i % 7);
            for (String text : List.of(sdp.substring(0, i), new String(flipped))) {
                try {
                    assertThat(RtspTracks.of(SessionDescription.parse(text), base)
                                    .tracks())
                            .hasSizeLessThanOrEqualTo(tracks.size() + 1);
                } catch (MalformedException e) {
                    assertThat(e.reason()).contains("SDP");
                }
            }
        }
    }
}
