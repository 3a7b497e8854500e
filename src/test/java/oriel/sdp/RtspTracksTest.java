package oriel.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

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
import oriel.media.Track;
import oriel.testing.Proves;

class RtspTracksTest {
    private static final String BASE = "rtsp://192.168.1.64:554/live/";
    private static final String SPS_TEXT = "Z2QMKKwY0A8ARPy4CA8IhGo=";
    private static final String PPS_TEXT = "aO48gA==";
    private static final Bytes SPS = Bytes.ofHex("67640c28ac18d00f0044fcb8080f08846a");
    private static final Bytes PPS = Bytes.ofHex("68ee3c80");
    private static final Codec H264 = new Codec.H264(SPS, PPS);
    private static final String VPS_TEXT = "QAEMAf//AWAAAAMAsAAAAwAAAwB7rAk=";
    private static final Bytes VPS = Bytes.ofHex("40010c01ffff016000000300b0000003000003007bac09");
    private static final String HEVC_SPS_TEXT = "QgEBAWAAAAMAsAAAAwAAAwB7oAPAgBDljTuSTL03AQEBAIA=";
    private static final Bytes HEVC_SPS = Bytes.of(Base64.getDecoder().decode(HEVC_SPS_TEXT));
    private static final Bytes HEVC_PPS = Bytes.ofHex("4401c0f2f03c90");
    private static final String HEVC_PPS_TEXT = "RAHA8vA8kA==";

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

    private static RtspTrack receives(int id, Codec codec, String control, int payloadType) {
        return new RtspTrack(new Track(id, Direction.RECVONLY, codec), control, payloadType);
    }

    private static RtspTrack sends(int id, Codec codec, String control, int payloadType) {
        return new RtspTrack(new Track(id, Direction.SENDONLY, codec), control, payloadType);
    }

    static Stream<Arguments> cameras() {
        return Stream.of(hikvision(), dahua(), reolink(), tapo(), axis(), gstreamer(), ffmpeg(), onvifTalk(), foscam());
    }

    /** Absolute controls behind the device's own address, a query in them, metadata, sendonly talk. */
    private static Arguments hikvision() {
        String url = "rtsp://192.168.1.64:554/Streaming/Channels/101/";
        return arguments(
                "Hikvision",
                """
                v=0\r
                o=- 1109162014219182 1109162014219192 IN IP4 0.0.0.0\r
                s=Media Presentation\r
                e=NONE\r
                b=AS:5100\r
                t=0 0\r
                a=control:rtsp://192.168.1.64:554/Streaming/Channels/101/?transportmode=unicast\r
                m=video 0 RTP/AVP 96\r
                c=IN IP4 0.0.0.0\r
                b=AS:5000\r
                a=recvonly\r
                a=x-dimensions:1920,1080\r
                a=control:rtsp://192.168.1.64:554/Streaming/Channels/101/trackID=1?transportmode=unicast\r
                a=rtpmap:96 H264/90000\r
                a=fmtp:96 profile-level-id=420029; packetization-mode=1; sprop-parameter-sets=%s,%s\r
                m=audio 0 RTP/AVP 8\r
                c=IN IP4 0.0.0.0\r
                a=recvonly\r
                a=control:rtsp://192.168.1.64:554/Streaming/Channels/101/trackID=2?transportmode=unicast\r
                a=rtpmap:8 PCMA/8000\r
                a=Media_header:MEDIAINFO=494D4B48010200000400000111710110;\r
                a=appversion:1.0\r
                m=application 0 RTP/AVP 107\r
                a=control:rtsp://192.168.1.64:554/Streaming/Channels/101/trackID=3?transportmode=unicast\r
                a=rtpmap:107 vnd.onvif.metadata/90000\r
                """.formatted(SPS_TEXT, PPS_TEXT),
                url,
                url + "?transportmode=unicast",
                List.of(
                        receives(0, H264, url + "trackID=1?transportmode=unicast", 96),
                        receives(1, new Codec.G711(Law.A, 8000, 1), url + "trackID=2?transportmode=unicast", 8)));
    }

    /** A base with a query, relative controls, AAC, H.265. */
    private static Arguments dahua() {
        String url = "rtsp://cam:554/cam/realmonitor?channel=1&subtype=0/";
        return arguments(
                "Dahua",
                """
                v=0\r
                o=- 2251938191 2251938191 IN IP4 0.0.0.0\r
                s=RTSP Session/2.0\r
                c=IN IP4 0.0.0.0\r
                t=0 0\r
                a=control:*\r
                a=packetization-supported:DH\r
                a=rtppayload-supported:DH\r
                a=range:npt=now-\r
                m=video 0 RTP/AVP 98\r
                a=control:trackID=0\r
                a=framerate:25.000000\r
                a=rtpmap:98 H265/90000\r
                a=fmtp:98 profile-id=1;sprop-sps=%s;sprop-pps=%s;sprop-vps=%s\r
                a=recvonly\r
                m=audio 0 RTP/AVP 97\r
                a=control:trackID=1\r
                a=rtpmap:97 MPEG4-GENERIC/16000\r
                a=fmtp:97 streamtype=5;profile-level-id=1;mode=AAC-hbr;sizelength=13;indexlength=3;indexdeltalength=3;config=1408\r
                a=recvonly\r
                """.formatted(HEVC_SPS_TEXT, HEVC_PPS_TEXT, VPS_TEXT),
                url,
                url,
                List.of(
                        receives(0, new Codec.H265(VPS, HEVC_SPS, HEVC_PPS), url + "trackID=0", 98),
                        receives(1, new Codec.Aac(16_000, 1, Bytes.ofHex("1408")), url + "trackID=1", 97)));
    }

    /** Tools and types in the session part, no base slash, a trailing comma behind the parameter sets. */
    private static Arguments reolink() {
        return arguments(
                "Reolink",
                """
                v=0\r
                o=- 1712345678 1 IN IP4 192.168.1.9\r
                s=Session streamed by "preview"\r
                i=Preview_01_main\r
                t=0 0\r
                a=tool:BC Streaming Media v202210012022.10.01\r
                a=type:broadcast\r
                a=control:*\r
                a=range:npt=now-\r
                m=video 0 RTP/AVP 96\r
                c=IN IP4 0.0.0.0\r
                b=AS:8192\r
                a=rtpmap:96 H264/90000\r
                a=range:npt=now-\r
                a=fmtp:96 packetization-mode=1;profile-level-id=640033;sprop-parameter-sets=%s,%s,\r
                a=recvonly\r
                a=control:track1\r
                m=audio 0 RTP/AVP 97\r
                b=AS:8192\r
                a=rtpmap:97 MPEG4-GENERIC/16000\r
                a=fmtp:97 streamtype=5;profile-level-id=1;mode=AAC-hbr;sizelength=13;indexlength=3;indexdeltalength=3; config=1408;\r
                a=recvonly\r
                a=control:track2\r
                m=audio 0 RTP/AVP 8\r
                a=control:track3\r
                a=rtpmap:8 PCMA/8000\r
                a=sendonly\r
                """.formatted(SPS_TEXT, PPS_TEXT),
                "rtsp://192.168.1.9/Preview_01_main",
                "rtsp://192.168.1.9/Preview_01_main",
                List.of(
                        receives(0, H264, "rtsp://192.168.1.9/Preview_01_main/track1", 96),
                        receives(
                                1,
                                new Codec.Aac(16_000, 1, Bytes.ofHex("1408")),
                                "rtsp://192.168.1.9/Preview_01_main/track2",
                                97),
                        sends(2, new Codec.G711(Law.A, 8000, 1), "rtsp://192.168.1.9/Preview_01_main/track3", 8)));
    }

    /** An m= line of its own kind, bare newlines, blanks where none belong. */
    private static Arguments tapo() {
        return arguments(
                "Tapo",
                """
                v=0
                o=- 14665860 31787219 1 IN IP4 192.168.1.60
                s=Session streamed by "TP-LINK RTSP Server"
                t=0 0
                a=smart_encoder:virtualIFrame=1
                m=application/TP-LINK 0 RTP/AVP smart/1/90000
                a=rtpmap:95 TP-LINK/90000
                a=control:track3
                m=video 0 RTP/AVP 96
                c=IN IP4 0.0.0.0
                b=AS:4096
                a=range:npt=0-
                a=control: track1
                a=rtpmap: 96 H264/90000
                a=fmtp: 96 packetization-mode=1; profile-level-id=640028; sprop-parameter-sets=%s,%s
                m=audio 0 RTP/AVP 8
                a=rtpmap:8 PCMA/8000
                a=control:track2
                """.formatted(SPS_TEXT, PPS_TEXT),
                "rtsp://192.168.1.60:554/stream1/",
                "rtsp://192.168.1.60:554/stream1/",
                List.of(
                        receives(0, H264, "rtsp://192.168.1.60:554/stream1/track1", 96),
                        receives(1, new Codec.G711(Law.A, 8000, 1), "rtsp://192.168.1.60:554/stream1/track2", 8)));
    }

    /** Controls with a query and a host that is not the one we dialled; fmtp before rtpmap; Opus and JPEG. */
    private static Arguments axis() {
        return arguments(
                "Axis",
                """
                v=0\r
                o=- 7036137823131153467 1 IN IP4 10.0.0.90\r
                s=Session streamed with GStreamer\r
                i=rtsp-server\r
                t=0 0\r
                a=tool:GStreamer\r
                a=control:rtsp://10.0.0.90/axis-media/media.amp?videocodec=h264\r
                m=video 0 RTP/AVP 96\r
                c=IN IP4 0.0.0.0\r
                a=fmtp:96 packetization-mode=1;profile-level-id=640029;sprop-parameter-sets=%s,%s\r
                a=rtpmap:96 H264/90000\r
                a=ts-refclk:local\r
                a=control:rtsp://10.0.0.90/axis-media/media.amp/stream=0?videocodec=h264\r
                m=audio 0 RTP/AVP 97\r
                a=rtpmap:97 OPUS/48000/2\r
                a=control:rtsp://10.0.0.90/axis-media/media.amp/stream=1?videocodec=h264\r
                m=video 0 RTP/AVP 26\r
                a=control:rtsp://10.0.0.90/axis-media/media.amp/stream=2?videocodec=h264\r
                """.formatted(SPS_TEXT, PPS_TEXT),
                "rtsps://nat.example:8322/axis-media/media.amp?videocodec=h264",
                "rtsps://nat.example:8322/axis-media/media.amp?videocodec=h264",
                List.of(
                        receives(0, H264, "rtsps://nat.example:8322/axis-media/media.amp/stream=0?videocodec=h264", 96),
                        receives(
                                1,
                                new Codec.Opus(),
                                "rtsps://nat.example:8322/axis-media/media.amp/stream=1?videocodec=h264",
                                97),
                        receives(
                                2,
                                new Codec.Mjpeg(),
                                "rtsps://nat.example:8322/axis-media/media.amp/stream=2?videocodec=h264",
                                26)));
    }

    /** A session control, stream=0, retransmission beside the picture, L16. */
    private static Arguments gstreamer() {
        return arguments(
                "GStreamer",
                """
                v=0\r
                o=- 14187740789182155473 1 IN IP4 127.0.0.1\r
                s=Session streamed with GStreamer\r
                i=rtsp-server\r
                t=0 0\r
                a=tool:GStreamer\r
                a=type:broadcast\r
                a=control:*\r
                a=range:npt=now-\r
                m=video 0 RTP/AVP 97 96\r
                c=IN IP4 0.0.0.0\r
                b=AS:2000\r
                a=rtpmap:97 rtx/90000\r
                a=fmtp:97 apt=96\r
                a=rtpmap:96 H264/90000\r
                a=framerate:25\r
                a=fmtp:96 packetization-mode=1;profile-level-id=42c01f;sprop-parameter-sets=%s,%s\r
                a=control:stream=0\r
                m=audio 0 RTP/AVP 96\r
                a=rtpmap:96 L16/48000/2\r
                a=control:stream=1\r
                m=audio 0 RTP/AVP 11\r
                a=control:stream=2\r
                """.formatted(SPS_TEXT, PPS_TEXT),
                "rtsp://127.0.0.1:8554/test/",
                "rtsp://127.0.0.1:8554/test/",
                List.of(
                        receives(0, H264, "rtsp://127.0.0.1:8554/test/stream=0", 96),
                        receives(1, new Codec.L16(48_000, 2), "rtsp://127.0.0.1:8554/test/stream=1", 96),
                        receives(2, new Codec.L16(44_100, 1), "rtsp://127.0.0.1:8554/test/stream=2", 11)));
    }

    /** Upper-case parameter values, AAC in stereo, VP9 and AV1. */
    private static Arguments ffmpeg() {
        return arguments(
                "ffmpeg",
                """
                v=0
                o=- 0 0 IN IP4 127.0.0.1
                s=No Name
                c=IN IP4 127.0.0.1
                t=0 0
                a=tool:libavformat 60.16.100
                m=video 0 RTP/AVP 96
                b=AS:4000
                a=rtpmap:96 VP9/90000
                a=control:streamid=0
                m=audio 0 RTP/AVP 97
                b=AS:128
                a=rtpmap:97 MPEG4-GENERIC/48000/2
                a=fmtp:97 profile-level-id=1;mode=AAC-hbr;sizelength=13;indexlength=3;indexdeltalength=3; config=119056E500
                a=control:streamid=1
                m=video 0 RTP/AVP 98
                a=rtpmap:98 AV1/90000
                a=control:streamid=2
                m=video 0 RTP/AVP 99
                a=rtpmap:99 VP8/90000
                a=control:streamid=3
                """,
                "rtsp://127.0.0.1:8554/x",
                "rtsp://127.0.0.1:8554/x",
                List.of(
                        receives(0, new Codec.Vp9(), "rtsp://127.0.0.1:8554/x/streamid=0", 96),
                        receives(
                                1,
                                new Codec.Aac(48_000, 2, Bytes.ofHex("119056e500")),
                                "rtsp://127.0.0.1:8554/x/streamid=1",
                                97),
                        receives(2, new Codec.Av1(), "rtsp://127.0.0.1:8554/x/streamid=2", 98),
                        receives(3, new Codec.Vp8(), "rtsp://127.0.0.1:8554/x/streamid=3", 99)));
    }

    /** ONVIF Streaming Specification, 5.3.1: the client sends where it says sendonly. */
    private static Arguments onvifTalk() {
        return arguments(
                "ONVIF backchannel",
                """
                v=0
                o= 2890842807 IN IP4 192.168.0.1
                s=RTSP Session with audiobackchannel
                m=video 0 RTP/AVP 26
                a=control:rtsp://192.168.0.1/video
                a=recvonly
                m=audio 0 RTP/AVP 0
                a=control:rtsp://192.168.0.1/audio
                a=recvonly
                m=audio 0 RTP/AVP 0
                a=control:rtsp://192.168.0.1/audioback
                a=rtpmap:0 PCMU/8000
                a=sendonly
                """,
                "rtsp://192.168.0.1",
                "rtsp://192.168.0.1",
                List.of(
                        receives(0, new Codec.Mjpeg(), "rtsp://192.168.0.1/video", 26),
                        receives(1, new Codec.G711(Law.MU, 8000, 1), "rtsp://192.168.0.1/audio", 0),
                        sends(2, new Codec.G711(Law.MU, 8000, 1), "rtsp://192.168.0.1/audioback", 0)));
    }

    /** live555 of old: no fmtp, no rtpmap for G.722, sprop without padding. */
    private static Arguments foscam() {
        return arguments(
                "Foscam",
                """
                v=0
                o=- 1 1 IN IP4 0.0.0.0
                s=H.264 Video, streamed by LIVE555
                a=control:*
                m=video 0 RTP/AVP 96
                a=rtpmap:96 h264/90000
                a=fmtp:96 packetization-mode=1;sprop-parameter-sets=%s,%s
                a=control:/track1
                m=audio 0 RTP/AVP 9
                a=control:/track2
                """.formatted(SPS_TEXT.replace("=", ""), PPS_TEXT.replace("=", "")),
                "rtsp://cam:88/videoMain/",
                "rtsp://cam:88/videoMain/",
                List.of(
                        receives(0, H264, "rtsp://cam:88/videoMain/track1", 96),
                        receives(1, new Codec.G722(), "rtsp://cam:88/videoMain/track2", 9)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cameras")
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
    @MethodSource("cameras")
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
