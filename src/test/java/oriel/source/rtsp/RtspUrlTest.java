package oriel.source.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.MalformedException;
import oriel.base.Secret;
import oriel.http.Credentials;
import oriel.testing.Mangled;
import oriel.testing.Proves;

class RtspUrlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "rtsp://admin:pass@h/a                     | admin | pass          | rtsp://h/a",
                "rtsp://admin:pass:w@rd@h/a                | admin | pass:w@rd     | rtsp://h/a",
                // As Home Assistant hands them over:
                "rtsp://admin:pass%3Aw%40rd@h/a            | admin | pass:w@rd     | rtsp://h/a",
                "rtsp://admin:p%40ss%3Aw%2Frd%23%25%3F%C3%BC@h/a | admin | p@ss:w/rd#%?\u00fc | rtsp://h/a",
                "rtsp://admin:p@ss:w/rd#%?\u00fc@h/a            | admin | p@ss:w/rd#%?\u00fc | rtsp://h/a",
                "rtsp://admin:p/w@h/a                      | admin | p/w           | rtsp://h/a",
                "rtsp://admin:p?w@h:8554/a                 | admin | p?w           | rtsp://h:8554/a",
                "rtsp://admin:p#w@h/a#timeout=5            | admin | p#w           | rtsp://h/a",
                "rtsp://admin:12/34@192.168.1.5/a          | admin | 12/34         | rtsp://192.168.1.5/a",
                "rtsp://admin:p@ss/w@rd@192.168.1.5:8554/a | admin | p@ss/w@rd     | rtsp://192.168.1.5:8554/a",
                "rtsp://admin:p/a?b#c@[fe80::1]/x          | admin | p/a?b#c       | rtsp://[fe80::1]/x",
                "rtsp://admin:50%@h/a                      | admin | 50%           | rtsp://h/a",
                "rtsp://admin:5%zz%4@h/a                   | admin | 5%zz%4        | rtsp://h/a",
                "rtsp://admin:%FF@h/a                      | admin | %FF           | rtsp://h/a",
                "rtsp://admin:a+b@h/a                      | admin | a+b           | rtsp://h/a",
                "rtsp://ad%40min:x@h/a                     | ad@min | x            | rtsp://h/a",
                "rtsp://admin@h/a                          | admin | ~~            | rtsp://h/a",
                "rtsp://:pass@h/a                          | ~~    | pass          | rtsp://h/a",
                "rtsp://u:p@h/mail@example.com/x           | u     | p             | rtsp://h/mail@example.com/x",
                "rtsp://u:p@host.lan/a@1.2.3.4/x           | u     | p             | rtsp://host.lan/a@1.2.3.4/x",
            })
    @Proves("S-053")
    void parse_userAndPassword_endAtTheRightPlace(String url, String user, String password, String uri)
            throws MalformedException {
        RtspUrl parsed = RtspUrl.parse(url);

        assertThat(parsed.credentials()).contains(new Credentials(user, Secret.of(password)));
        assertThat(parsed.requestUri()).isEqualTo(uri);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rtsp://h                        | h           | 554  | rtsp://h",
                "rtsp://h:/a                     | h           | 554  | rtsp://h/a",
                "rtsp://h:554/a                  | h           | 554  | rtsp://h/a",
                "rtsp://h:8554/a                 | h           | 8554 | rtsp://h:8554/a",
                "RTSP://CAM.Local/A              | cam.local   | 554  | rtsp://cam.local/A",
                "rtsps://h/a                     | h           | 322  | rtsps://h/a",
                "rtspx://h/a                     | h           | 322  | rtsps://h/a",
                "rtsps://h:322/a                 | h           | 322  | rtsps://h/a",
                "rtsps://h:554/a                 | h           | 554  | rtsps://h:554/a",
                "rtsp://[2001:DB8::1]:8554/a     | 2001:db8::1 | 8554 | rtsp://[2001:db8::1]:8554/a",
                "rtsp://[fe80::1%25eth0]/a       | fe80::1%eth0 | 554 | rtsp://[fe80::1%eth0]/a",
                "rtsp://my_cam-1/a               | my_cam-1    | 554  | rtsp://my_cam-1/a",
                "rtsp://h?x                      | h           | 554  | rtsp://h?x",
                "rtsp://h/a?x=1&y=%2F%26&z=a+b   | h           | 554  | rtsp://h/a?x=1&y=%2F%26&z=a+b",
                "rtsp://h//a/./../b%20c%zz       | h           | 554  | rtsp://h//a/./../b%20c%zz",
                "rtsp://h/user=admin&password=x@y&channel=1 | h | 554 | rtsp://h/user=admin&password=x@y&channel=1",
                "rtsp://h:554/a@x                | h           | 554  | rtsp://h/a@x",
                "rtsp://h/a@1.2.3.4/x            | h           | 554  | rtsp://h/a@1.2.3.4/x",
                "rtsp://@h/a                     | h           | 554  | rtsp://h/a",
                "rtsp://h/a b                    | h           | 554  | rtsp://h/a%20b",
                "rtsp://k\u00fcche.local/\u00fc            | xn--kche-0ra.local | 554 | rtsp://xn--kche-0ra.local/\u00fc",
            })
    void parse_hostPortAndTarget_areAsWritten(String url, String host, int port, String uri) throws MalformedException {
        RtspUrl parsed = RtspUrl.parse(url);

        assertThat(parsed.host()).isEqualTo(host);
        assertThat(parsed.port()).isEqualTo(port);
        assertThat(parsed.requestUri()).isEqualTo(uri);
        assertThat(parsed.credentials()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "h/a",
                "http://h/a",
                "rtsp:/h/a",
                "rtsp://",
                "rtsp:///a",
                "rtsp://u:p@/a",
                "rtsp://h:0/a",
                "rtsp://h:65536/a",
                "rtsp://h:x/a",
                "rtsp://[::1/a",
                "rtsp://h/a\r\nX: y",
                "rtsp://h/\u0000",
                "rtsp://u:p @x y/a"
            })
    void parse_nonsense_isMalformed(String url) {
        assertThatThrownBy(() -> RtspUrl.parse(url)).isInstanceOf(MalformedException.class);
    }

    @Test
    void parse_tooLong_isMalformed() {
        assertThatThrownBy(() -> RtspUrl.parse("rtsp://h/" + "a".repeat(RtspUrl.MAX_CHARS)))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void parse_options_areReadBehindThePath() throws MalformedException {
        RtspUrl url = RtspUrl.parse("rtsp://h/a?b#timeout=30#Media=video#media=audio#backchannel=0#odd##transport=udp");

        assertThat(url.target()).isEqualTo("/a?b");
        assertThat(url.options())
                .isEqualTo(
                        Map.of("timeout", "30", "media", "video", "backchannel", "0", "odd", "", "transport", "udp"));
    }

    @Test
    void canonical_ofEqualAddresses_isEqual() throws MalformedException {
        assertThat(RtspUrl.parse("RTSP://a:B%40c@CAM:554/Path?q#timeout=3").canonical())
                .isEqualTo("rtsp://a:B%40c@cam/Path?q");
        assertThat(RtspUrl.parse(RtspUrl.parse("rtspx://u:p/a?b#c@[::1]:9/x").canonical())
                        .canonical())
                .isEqualTo("rtspx://u:p%2Fa%3Fb%23c@[::1]:9/x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rtsp://admin:pass:w@rd%@h/a",
                "rtsp://admin:pass%3Aw%40rd%25@h/a",
                "rtsp://admin:pass%3aw@rd%25@h:554/a",
                "rtsp://%61dmin:pass:w%40rd%@H/a",
            })
    void canonical_ofTheSameUserAndPassword_isEqual_howeverTheyAreWritten(String text) throws MalformedException {
        RtspUrl url = RtspUrl.parse(text);
        assertThat(url.canonical()).isEqualTo("rtsp://admin:pass%3Aw%40rd%25@h/a");
        assertThat(RtspUrl.parse(url.canonical()).credentials()).isEqualTo(url.credentials());
    }

    @Test
    void toString_andPath_holdNoSecret() throws MalformedException {
        RtspUrl url = RtspUrl.parse("rtsp://admin:canary1@h/live?password=canary2&x=1");

        assertThat(url.toString()).doesNotContain("canary").contains("h/live");
        assertThat(url.path()).isEqualTo("/live");
        assertThat(RtspUrl.parse("rtsp://h").path()).isEqualTo("/");
        assertThat(RtspUrl.parse("rtsp://h/user=admin&password=canary&channel=1")
                        .path())
                .doesNotContain("canary");
    }

    @Test
    void parse_mangledAddress_givesAValueOrMalformed() {
        Mangled.texts("rtsps://admin:p%40/s@192.168.1.5:8554/a?b=c#timeout=5").forEach(text -> {
            try {
                RtspUrl url = RtspUrl.parse(text);
                assertThat(RtspUrl.parse(url.canonical())).isNotNull();
            } catch (MalformedException e) {
                assertThat(e.reason()).isNotEmpty();
            }
        });
    }
}
