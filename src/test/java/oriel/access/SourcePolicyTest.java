package oriel.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourcePolicyTest {
    private static final Predicate<String> KNOWN = Set.of(
            "front",
            "camera.front_door",
            "Süd & Nord",
            "rigcam_door%201%3A%C3%BC%23x",
            "exec:rm",
            "/etc/passwd",
            "device?video=0",
            "..",
            "-i",
            "~root",
            "{x}",
            "a|b",
            "virtual?",
            "file:x",
            "con\\cat",
            "trail ",
            "@list",
            " lead")::contains;

    private final SourcePolicy policy = new SourcePolicy(List.of("Oriel-Host", "homeassistant.local"));

    private static Principal as(Role role) {
        return new Principal("anna", role, Door.API);
    }

    private int status(Role role, String source) {
        return policy.check(as(role), source, KNOWN).map(Refusal::status).orElse(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rtsp://192.168.1.5/live",
                "rtsp://127.0.0.1:22554/h264pcma",
                "rtsp://admin:p@ss:/w?rd@cam:554/x?a=b&c=d#timeout=30#backchannel=0#transport=udp",
                "rtsps://[fd00::1]:322/",
                "rtspx://cam",
                "rtmp://cam/live/1",
                "rtmps://cam/live",
                "rtmpx://cam/live",
                "http://192.168.1.5/mjpeg",
                "https://user:p%40ss@cam.lan/x.m3u8?token=1",
                "httpx://cam/x",
                "onvif://user:pass@10.0.0.5?subtype=MediaProfile1",
                "webrtc:http://cam/whep",
                "webrtc:rtsp://cam/x#format=x",
                "front",
                "Süd & Nord",
                "ffmpeg:front",
                "ffmpeg:camera.front_door#audio=opus#query=log_level=debug",
                "ffmpeg:rigcam_door%201%3A%C3%BC%23x#audio=opus#query=log_level=debug",
                "ffmpeg:rtsp://u:p@cam/x",
                "ffmpeg:rtsp://u:p@cam/x#video=h264#audio=copy",
                "ffmpeg:rtsp://u:p@cam/x#video=h264#audio=copy#rotate=-90",
                "ffmpeg:rtsp://u:p@cam/x#video=h264#audio=copy#raw=-vf hflip",
                "ffmpeg:rtsp://u:p@cam/x#video=h264#audio=copy#raw=-vf vflip",
                "ffmpeg:rtsp://u:p@cam/x#video=h264#audio=copy#raw=-vf transpose=2,vflip",
                "ffmpeg:rtsp://u:p@cam/x#video=h264#audio=copy#raw=-vf transpose=1,vflip",
                "ffmpeg:http://cam/x#video=mjpeg#width=640#height=-1#bitrate=2M#timeout=5#hardware=vaapi#async",
                "ffmpeg:front#hardware#audio=pcma/8000",
            })
    void check_allowedSource_passesForAllWhoMayAdd(String source) {
        assertThat(status(Role.ADMIN, source)).isEqualTo(200);
        assertThat(status(Role.OPERATOR, source)).isEqualTo(200);
        assertThat(status(Role.INTEGRATION, source)).isEqualTo(200);
    }

    /** T5 of the threat table, and more of its kind. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "exec:ffmpeg -i x",
                " exec:x",
                "\texec:x",
                "EXEC:x",
                "Exec:x",
                "%65xec:x",
                "exec%3Ax",
                "echo:x",
                "expr:x",
                "exec:rm",
                "RTSP://cam/x",
                "Rtsp://cam/x",
                " rtsp://cam/x",
                "rtsp://cam/x ",
                "rtsp:/cam/x",
                "rtsp:cam",
                "rtsp://",
                "rtsp:///x",
                "rtsp://?x",
                "rtsp%3A//cam/x",
                "%72tsp://cam",
                "file:///etc/passwd",
                "FILE:///x",
                "file:x",
                "/etc/passwd",
                "./x",
                "../x",
                "..",
                "~root",
                "C:\\x",
                "\\\\host\\share",
                "con\\cat",
                "/dev/video0",
                "device?video=0",
                "video0",
                "concat:a|b",
                "concatf:x",
                "subfile,,start,0,end,9,,:/etc/passwd",
                "data:image/png;base64,AA",
                "data:,x",
                "pipe:",
                "pipe:0",
                "unix:/run/x",
                "unix:///run/x",
                "gopher://cam/x",
                "ftp://cam/x",
                "tcp://cam:1",
                "udp://cam:1",
                "srt://cam",
                "crypto:x",
                "cache:http://cam",
                "async:http://cam",
                "tee:x",
                "hls+http://cam/x",
                "rtp://cam",
                "sdp:x",
                "v4l2:device?video=0",
                "alsa:x",
                "hass:front",
                "homekit://x",
                "tapo://x",
                "jar:http://cam/x",
                "javascript:x",
                "-i",
                "a|b",
                "{x}",
                "@list",
                "unknown",
                " lead",
                "trail ",
                "Front",
                "http://",
                "http:///x",
                "http://cam/a b",
                "rtsp://cam/\u00a0x",
                "rtsp://cam/\u200bx",
                "rtsp://cam/\nx",
                "rtsp://cam/\r\nHost: y",
                "rtsp://cam/\u0000",
                "rtsp://cam/\ud800",
                "http://c\\am/",
                "rtsp://cam/x#transport=ws://evil/",
                "rtsp://cam/x#input=x",
                "rtsp://cam/x#raw=-i x",
                "http://cam#raw=-f x",
                "webrtc:",
                "webrtc:front",
                "webrtc:exec:x",
                "webrtc:file:///x",
                "webrtc:webrtc:http://cam",
                "webrtc:ffmpeg:front",
                "ffmpeg:",
                "ffmpeg:unknown",
                "ffmpeg:exec:x",
                "ffmpeg:exec:rm",
                "ffmpeg:/etc/passwd",
                "ffmpeg:file:x",
                "ffmpeg:-i",
                "ffmpeg:device?video=0",
                "ffmpeg:virtual?",
                "ffmpeg:virtual?video",
                "ffmpeg:tts?text=x",
                "ffmpeg:concat:front",
                "ffmpeg:data:x",
                "ffmpeg:pipe:0",
                "ffmpeg:ffmpeg:front",
                "ffmpeg:webrtc:http://cam",
                "ffmpeg:udp://cam",
                "ffmpeg: front",
                "FFMPEG:front",
                "ffmpeg:RTSP://cam",
                "ffmpeg:rtsp://cam/x y",
                "ffmpeg:x#raw=-i /etc/passwd",
                "ffmpeg:front#raw=-i /etc/passwd",
                "ffmpeg:front#raw=",
                "ffmpeg:front#raw",
                "ffmpeg:front#raw=-vf  hflip",
                "ffmpeg:front#raw=-vf hflip -i x",
                "ffmpeg:front#raw=-vf hflip,movie=/etc/passwd",
                "ffmpeg:front#raw=-vf\thflip",
                "ffmpeg:front#raw=-vf drawtext=textfile=/etc/passwd",
                "ffmpeg:front#raw=-vf hflip ",
                "ffmpeg:front#raw=-vf hflip,",
                "ffmpeg:front#raw=-VF hflip",
                "ffmpeg:front#input=file",
                "ffmpeg:front#input=-re -i x",
                "ffmpeg:front#input=rtsp/udp",
                "ffmpeg:front#video=-f null x",
                "ffmpeg:front#video=/tmp/x",
                "ffmpeg:front#video=x",
                "ffmpeg:front#video=",
                "ffmpeg:front#audio=h264",
                "ffmpeg:front#audio=opus -y x",
                "ffmpeg:front#audio=../x",
                "ffmpeg:front#width=1e9",
                "ffmpeg:front#width=640:480",
                "ffmpeg:front#height=-2",
                "ffmpeg:front#rotate=45",
                "ffmpeg:front#bitrate=2M -y",
                "ffmpeg:front#drawtext=text=x",
                "ffmpeg:front#query=log_level=debug&source=x",
                "ffmpeg:front#query=x",
                "ffmpeg:front#hardware=x",
                "ffmpeg:front#hardware=",
                "ffmpeg:front#async=x",
                "ffmpeg:front#timeout=-1",
                "ffmpeg:front#",
                "ffmpeg:front##audio=opus",
                "ffmpeg:front#Video=h264",
                "ffmpeg:front# audio=opus",
                "ffmpeg:front#output=x",
                "ffmpeg:front#bin=/bin/sh",
                "ffmpeg:front#global=-y"
            })
    void check_forbiddenSource_isRefusedEvenToAnAdmin(String source) {
        assertThat(status(Role.ADMIN, source)).isEqualTo(400);
        assertThat(status(Role.OPERATOR, source)).isEqualTo(400);
        assertThat(status(Role.INTEGRATION, source)).isEqualTo(400);
        assertThat(status(Role.VIEWER, source)).isEqualTo(403);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void check_role_decidesBeforeTheSource(Role role) {
        boolean may = role == Role.ADMIN || role == Role.OPERATOR || role == Role.INTEGRATION;

        assertThat(status(role, "rtsp://cam/x")).isEqualTo(may ? 200 : 403);
        assertThat(status(role, "exec:x")).isEqualTo(may ? 400 : 403);
    }

    /** T7 of the threat table: what can be seen without resolving a name. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.0.0.1:1984",
                "127.255.255.254",
                "[::1]",
                "[::1]:80",
                "0.0.0.0",
                "0",
                "0:80",
                "[::]",
                "169.254.169.254",
                "169.254.0.1",
                "[fe80::1]",
                "172.30.32.1",
                "172.30.33.255",
                "[fd0c:ac1e:2100::1]",
                "2130706433",
                "017700000001",
                "0x7f000001",
                "0x7F.1",
                "0177.0.0.1",
                "127.1",
                "127.0.1",
                "0x7f.0x0.0x0.0x1",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::127.0.0.1]",
                "[64:ff9b::7f00:1]",
                "[2002:7f00:1::]",
                "[::ffff:172.30.32.1]",
                "[0:0:0:0:0:0:0:1]",
                "127.0.0.1.",
                "localhost",
                "LOCALHOST",
                "localhost.",
                "localhost:1984",
                "x.localhost",
                "localhost.localdomain",
                "ip6-localhost",
                "oriel-host",
                "ORIEL-HOST.",
                "homeassistant.local",
                "user:pass@127.0.0.1",
                "cam@127.0.0.1",
                "127.0.0.1/@cam",
                "127.0.0.1?@cam",
                "cam/x?y@127.0.0.1",
                "u:p@cam/@localhost",
                "u@cam@127.1",
                "u:p/w@127.0.0.1",
                "239.255.255.250",
                "255.255.255.255",
                "[ff02::1]",
                "2887655425",
                "169.254.169.254/latest/meta-data"
            })
    void check_httpToThisMachineOrTheSupervisor_isTheAdminsOnly(String target) {
        for (String scheme :
                List.of("http://", "https://", "httpx://", "onvif://", "ffmpeg:http://", "webrtc:http://")) {
            assertThat(status(Role.ADMIN, scheme + target)).as(scheme).isEqualTo(200);
            assertThat(status(Role.OPERATOR, scheme + target)).as(scheme).isEqualTo(400);
            assertThat(status(Role.INTEGRATION, scheme + target)).as(scheme).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%31%32%37.0.0.1", "127.0.0.1%00.cam", "[fe80::1%25eth0]", "１２７.0.0.1", "[::1", "::1", "127.0.0.256",
                        "0x", "1.2.3.4.5.",
                "@", "a@", "a@@", ":80", "[]", "[1.2.3.4]", "cam\\@127.0.0.1", "0x100000000", "4294967296"
            })
    void check_httpToNoHost_isRefusedEvenToAnAdmin(String target) {
        int status = status(Role.OPERATOR, "http://" + target);
        assertThat(status).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "172.30.34.1",
                "172.30.31.255",
                "192.168.1.5",
                "10.0.0.1",
                "8.8.8.8",
                "[2001:db8::1]",
                "[fd00::1]",
                "1.cam",
                "cam-1",
                "u:127.0.0.1@cam"
            })
    void check_httpElsewhere_isForAllWhoMayAdd(String target) {
        assertThat(status(Role.INTEGRATION, "http://" + target + "/x")).isEqualTo(200);
    }

    @Test
    void check_httpWithAnUnclearHost_countsAsTheWorstReading() {
        assertThat(status(Role.OPERATOR, "http://127.0.0.1#@cam")).isEqualTo(400);
        assertThat(status(Role.ADMIN, "http://127.0.0.1#@cam")).isEqualTo(200);
        assertThat(status(Role.OPERATOR, "http://cam#@127.0.0.1")).isEqualTo(400);
    }

    @Test
    void check_list_refusesByItsFirstBadSource() {
        assertThat(policy.check(as(Role.ADMIN), List.of("rtsp://a", "ffmpeg:front#audio=opus"), KNOWN))
                .isEmpty();
        assertThat(policy.check(as(Role.ADMIN), List.of("rtsp://a", "exec:x"), KNOWN))
                .isPresent();
        assertThat(policy.check(as(Role.ADMIN), Collections.nCopies(16, "rtsp://a"), KNOWN))
                .isEmpty();
        assertThat(policy.check(as(Role.ADMIN), Collections.nCopies(17, "rtsp://a"), KNOWN))
                .isPresent();
        assertThat(status(Role.ADMIN, "rtsp://a/" + "x".repeat(SourcePolicy.MAX_CHARS)))
                .isEqualTo(400);
        assertThat(status(Role.ADMIN, "http://" + "a@".repeat(40) + "cam")).isEqualTo(400);
    }

    @Test
    void check_refusal_saysTheRuleAndNotTheSource() {
        Refusal refusal = policy.check(as(Role.ADMIN), "exec:canary", KNOWN).orElseThrow();

        assertThat(refusal.sentence())
                .startsWith("Over the network a source is an address with rtsp://")
                .contains("configuration file")
                .doesNotContain("canary");
        assertThat(policy.check(as(Role.VIEWER), "rtsp://a", KNOWN)
                        .orElseThrow()
                        .sentence())
                .isEqualTo("Adding a source needs the role operator or admin; yours is viewer.");
    }
}
