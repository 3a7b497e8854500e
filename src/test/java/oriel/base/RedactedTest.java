package oriel.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactedTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "rtsp://admin:pa55@192.168.1.5:554/stream | rtsp://***@192.168.1.5:554/stream",
                "rtsp://admin:p@ss:w/o?r#d@cam/stream     | rtsp://***@cam/stream",
                "rtsp://user@cam                          | rtsp://***@cam",
                "rtsp://cam/stream                        | rtsp://cam/stream",
                "http://cam/cgi?user=admin&password=pa55&channel=1 | http://cam/cgi?user=***&password=***&channel=1",
                "http://cam/cgi?loginuse=a&loginpas=b     | http://cam/cgi?loginuse=***&loginpas=***",
                "http://x/?TOKEN=abc#y                    | http://x/?TOKEN=***#y",
                "ffmpeg:rtsp://a:b@c/d#video=h264         | ffmpeg:rtsp://***@c/d#video=h264",
                "opening rtsp://a:b@c/d and rtsp://e:f@g/h | opening rtsp://***@c/d and rtsp://***@g/h",
                "'rtsp://a:b@c/d' \"http://e:f@g\"        | 'rtsp://***@c/d' \"http://***@g\"",
                "webrtc:https://a:b@c/api                 | webrtc:https://***@c/api",
                "a=ice-pwd:secretsecret                   | a=ice-pwd:***",
                "a=crypto:1 AES_CM_128 inline:abcd        | a=crypto:***",
                "a=ice-ufrag:abcd                         | a=ice-ufrag:abcd",
                "{\"sdp\":\"a=ice-pwd:abcd\\r\\na=mid:0\"}   | {\"sdp\":\"a=ice-pwd:***\\r\\na=mid:0\"}",
                "x://y rtsp://h/?u=http://a:b@c           | x://y rtsp://***@c",
                "rtsp://a:b@c/?u=http://d                 | rtsp://***@c/?u=http://d",
                "Authorization: Basic YWRtaW46cGE1NQ==    | Authorization: ***",
                "header Authorization: Bearer abc.def     | header Authorization: ***",
                "{\"Authorization\":\"Bearer abc\"}       | {\"Authorization\": ***",
                "Cookie: session=1                        | Cookie: ***",
                "X-Supervisor-Token: abc                  | X-Supervisor-Token: ***",
                "proxy-authorization: Basic abc           | proxy-authorization: ***",
                "no secrets here: a@b.c                   | no secrets here: a@b.c",
            })
    void text_withSecrets_hidesThem(String text, String expected) {
        assertThat(Redacted.text(text)).isEqualTo(expected);
        assertThat(Redacted.url(text)).isEqualTo(expected);
    }

    @Test
    void text_ofSeveralLines_hidesInEach() {
        assertThat(Redacted.text(
                        "DESCRIBE rtsp://u:p@h/ RTSP/1.0\r\nAuthorization: Digest response=\"x\"\r\nCSeq: 2\r\n"))
                .isEqualTo("DESCRIBE rtsp://***@h/ RTSP/1.0\r\nAuthorization: ***\r\nCSeq: 2\r\n");
        assertThat(Redacted.text("k=clear:x\na=ice-pwd:y\r\na=mid:0")).isEqualTo("k=***\na=ice-pwd:***\r\na=mid:0");
    }

    /** An attacker's text is redacted before it is logged: the time must not grow with the square of its length. */
    @ParameterizedTest
    @ValueSource(
            strings = {"a", "a://", "://", "?user", "&password=", "a@", "authorization", "\n", " rtsp://a", "a+.-"})
    @Timeout(20)
    void text_longAndRepetitive_endsSoon(String piece) {
        String text = piece.repeat(1_000_000 / piece.length());

        assertThat(Redacted.text(text)).isNotEmpty();
    }

    @Test
    void text_noScheme_isNoUrl() {
        assertThat(Redacted.text("://a:b@c")).isEqualTo("://a:b@c");
        assertThat(Redacted.text("x ://a:b@c")).isEqualTo("x ://a:b@c");
    }
}
