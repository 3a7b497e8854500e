package oriel.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.testing.Mangled;

class RtspMessageTest {
    // RFC 2326, 10.4
    private static final String SETUP_ANSWER = "RTSP/1.0 200 OK\r\n"
            + "CSeq: 302\r\n"
            + "Date: 23 Jan 1997 15:35:06 GMT\r\n"
            + "Session: 47112344\r\n"
            + "Transport: RTP/AVP;unicast;\r\n"
            + "  client_port=4588-4589;server_port=6256-6257\r\n"
            + "\r\n";

    @Test
    void parse_rfc2326SetupAnswer_joinsTheFoldedHeader() throws MalformedException {
        RtspResponse response = (RtspResponse) RtspHead.parse(SETUP_ANSWER).message();

        assertThat(response.line()).isEqualTo("200 OK");
        assertThat(response.headers().first("transport"))
                .contains("RTP/AVP;unicast; client_port=4588-4589;server_port=6256-6257");
        assertThat(response.headers().number("CSEQ")).hasValue(302);
    }

    @Test
    void parse_rfc2326DescribeRequest_givesIt() throws MalformedException {
        RtspHead head = RtspHead.parse("DESCRIBE rtsp://server.example.com/fizzle/foo RTSP/1.0\r\n"
                + "CSeq: 312\r\nAccept: application/sdp, application/rtsl, application/mheg\r\n\r\n");

        assertThat(head.message())
                .isEqualTo(new RtspRequest("DESCRIBE", "rtsp://server.example.com/fizzle/foo")
                        .with("CSeq", "312")
                        .with("Accept", "application/sdp, application/rtsl, application/mheg"));
    }

    @Test
    void parse_whatItWrote_isTheSame() throws MalformedException {
        RtspRequest request = new RtspRequest("SETUP", "rtsp://h/a?b=\u00fc")
                .with("Session", "1")
                .with("X", "");
        RtspResponse response = new RtspResponse(
                        404, "Not Found", RtspHeaders.none(), Bytes.of("gone".getBytes(StandardCharsets.UTF_8)))
                .with("CSeq", "3");

        RtspHead asked = RtspHead.parse(new String(request.encode(9), StandardCharsets.UTF_8));
        RtspHead answered = RtspHead.parse(new String(response.encode(), StandardCharsets.UTF_8));

        assertThat(asked.message().headers().first("CSeq")).contains("9");
        assertThat(asked.message().headers().first("Session")).contains("1");
        assertThat(((RtspRequest) asked.message()).uri()).isEqualTo(request.uri());
        assertThat(((RtspResponse) answered.message()).line()).isEqualTo("404 Not Found");
        assertThat(answered.bodyBytes()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n",
                "RTSP/1.0\r\n\r\n",
                "RTSP/1.0 2000 OK\r\n\r\n",
                "RTSP/1.0 099 OK\r\n\r\n",
                "RTSP/2.0 200 OK\r\n\r\n",
                "RTSP/ 200 OK\r\n\r\n",
                "OPTIONS *\r\n\r\n",
                "OPTIONS * RTSP/2.0\r\n\r\n",
                "OPTIONS a b RTSP/1.0\r\n\r\n",
                "OPTIONS \u0001 RTSP/1.0\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "HTTP/1.1 200 OK\r\n\r\n"
            })
    void parse_firstLineThatMakesNoSense_isMalformed(String text) {
        assertThatThrownBy(() -> RtspHead.parse(text)).isInstanceOf(MalformedException.class);
    }

    @Test
    void parse_lineWithoutColon_isPassedOver() throws MalformedException {
        RtspMessage message = RtspHead.parse("RTSP/1.0 200 OK\r\nnonsense\r\n: x\r\nCSeq : 4\r\n\r\n")
                .message();

        assertThat(message.headers().entries()).containsExactly(new RtspHeaders.Header("CSeq", "4"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "abc", "", "99999999999", "+1", "1 2"})
    void bodyBytes_ofALengthThatIsNone_isZero(String length) throws MalformedException {
        assertThat(RtspHead.parse("RTSP/1.0 200 OK\r\nContent-Length: " + length + "\r\n\r\n")
                        .bodyBytes())
                .isZero();
    }

    @Test
    void headers_ofOneName_comeInOrderAndInAnyCase() {
        RtspHeaders headers =
                RtspHeaders.none().with("WWW-Authenticate", "a").with("X", "b").with("www-authenticate", "c");

        assertThat(headers.all("Www-Authenticate")).isEqualTo(List.of("a", "c"));
        assertThat(headers.first("nothing")).isEmpty();
    }

    @Test
    void construct_lineBreaksInside_isRefused() {
        assertThatThrownBy(() -> new RtspRequest("PLAY", "rtsp://h/a\r\nX: y"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RtspRequest("PLAY", "rtsp://h/a b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RtspHeaders.none().with("X", "a\r\nY: b"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void parse_mangledHead_givesAValueOrMalformed() {
        Mangled.texts(SETUP_ANSWER).forEach(text -> {
            try {
                assertThat(RtspHead.parse(text).bodyBytes()).isNotNegative();
            } catch (MalformedException e) {
                assertThat(e.reason()).isNotEmpty();
            }
        });
    }
}
