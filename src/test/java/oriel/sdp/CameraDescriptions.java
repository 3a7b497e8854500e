package oriel.sdp;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import oriel.base.Bytes;
import oriel.media.Codec;
import oriel.media.Codec.G711.Law;
import oriel.media.Direction;
import oriel.media.Track;

/** Session descriptions as families of cameras write them, with what must be read from each. */
final class CameraDescriptions {
    static final String SPS_TEXT = "Z2QMKKwY0A8ARPy4CA8IhGo=";
    static final String PPS_TEXT = "aO48gA==";
    static final Bytes SPS = Bytes.ofHex("67640c28ac18d00f0044fcb8080f08846a");
    static final Bytes PPS = Bytes.ofHex("68ee3c80");
    static final Codec H264 = new Codec.H264(SPS, PPS);
    static final String VPS_TEXT = "QAEMAf//AWAAAAMAsAAAAwAAAwB7rAk=";
    static final Bytes VPS = Bytes.ofHex("40010c01ffff016000000300b0000003000003007bac09");
    static final String HEVC_SPS_TEXT = "QgEBAWAAAAMAsAAAAwAAAwB7oAPAgBDljTuSTL03AQEBAIA=";
    static final Bytes HEVC_SPS = Bytes.of(Base64.getDecoder().decode(HEVC_SPS_TEXT));
    static final Bytes HEVC_PPS = Bytes.ofHex("4401c0f2f03c90");
    static final String HEVC_PPS_TEXT = "RAHA8vA8kA==";

    private CameraDescriptions() {}

    static RtspTrack receives(int id, Codec codec, String control, int payloadType) {
        return new RtspTrack(new Track(id, Direction.RECVONLY, codec), control, payloadType);
    }

    static RtspTrack sends(int id, Codec codec, String control, int payloadType) {
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
                a=fmtp:98 profile=1;level-idx=9; tier=1
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
                        receives(2, new Codec.Av1(1, 9, 1), "rtsp://127.0.0.1:8554/x/streamid=2", 98),
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
}
