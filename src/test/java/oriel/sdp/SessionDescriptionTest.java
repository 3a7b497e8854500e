package oriel.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.MalformedException;
import oriel.media.Direction;

class SessionDescriptionTest {
    /** What a browser offers, shortened. */
    private static final String OFFER = """
            v=0\r
            o=- 4611731400430051336 2 IN IP4 127.0.0.1\r
            s=-\r
            t=0 0\r
            a=group:BUNDLE 0 1\r
            a=extmap-allow-mixed\r
            m=video 9 UDP/TLS/RTP/SAVPF 96 97\r
            c=IN IP4 0.0.0.0\r
            a=rtcp:9 IN IP4 0.0.0.0\r
            a=ice-ufrag:abcd\r
            a=recvonly\r
            a=rtpmap:96 H264/90000\r
            a=fmtp:96 profile-level-id=42e01f;packetization-mode=1\r
            m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r
            a=mid:1\r
            """;

    @Test
    void parse_offer_readsSessionAndSections() throws Exception {
        SessionDescription sdp = SessionDescription.parse(OFFER);

        assertThat(sdp.origin()).isEqualTo("- 4611731400430051336 2 IN IP4 127.0.0.1");
        assertThat(sdp.name()).isEqualTo("-");
        assertThat(sdp.connection()).isEmpty();
        assertThat(sdp.attribute("group")).contains("BUNDLE 0 1");
        assertThat(sdp.has("extmap-allow-mixed")).isTrue();
        assertThat(sdp.has("mid")).isFalse();
        assertThat(sdp.media()).hasSize(2);
        MediaSection video = sdp.media().getFirst();
        assertThat(video.media()).isEqualTo("video");
        assertThat(video.port()).isEqualTo(9);
        assertThat(video.protocol()).isEqualTo("UDP/TLS/RTP/SAVPF");
        assertThat(video.formats()).containsExactly("96", "97");
        assertThat(video.connection()).isEqualTo("IN IP4 0.0.0.0");
        assertThat(video.attribute("rtpmap")).contains("96 H264/90000");
        assertThat(video.direction()).isEqualTo(Direction.RECVONLY);
        assertThat(video.has("recvonly")).isTrue();
        assertThat(sdp.media().get(1).formats()).containsExactly("webrtc-datachannel");
        assertThat(sdp.media().get(1).direction()).isEqualTo(Direction.SENDRECV);
        assertThat(sdp.media().get(1).attribute("rtpmap")).isEmpty();
    }

    @Test
    void toString_ofWhatWasParsed_isTheSameText() throws Exception {
        assertThat(SessionDescription.parse(OFFER)).hasToString(OFFER);
    }

    @Test
    void toString_ofAlmostNothing_isStillAnSdp() throws Exception {
        SessionDescription sdp = new SessionDescription("", "", "IN IP4 1.2.3.4", List.of(), List.of());

        assertThat(sdp).hasToString("v=0\r\no=- 0 0 IN IP4 0.0.0.0\r\ns=-\r\nc=IN IP4 1.2.3.4\r\nt=0 0\r\n");
        assertThat(SessionDescription.parse(sdp.toString()).connection()).isEqualTo("IN IP4 1.2.3.4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n", "\r\n\r\n", "\n \n", " \n", "\n  "})
    void parse_anyLineEnds_readsTheSame(String end) throws Exception {
        SessionDescription sdp = SessionDescription.parse(OFFER.replace("\r\n", end));

        assertThat(sdp).hasToString(OFFER);
    }

    @Test
    void parse_carelessAttributes_areReadAsMeant() throws Exception {
        SessionDescription sdp = SessionDescription.parse(
                "a= control: * \na=:x\na=\na\nx=1\n=\nm=video  0/2 RTP/AVP   96\na=rtpmap : 96 H264/90000\na=x:y:z");

        assertThat(sdp.attribute("control")).contains("*");
        assertThat(sdp.attributes()).hasSize(3);
        MediaSection section = sdp.media().getFirst();
        assertThat(section.port()).isZero();
        assertThat(section.formats()).containsExactly("96");
        assertThat(section.attribute("rtpmap")).contains("96 H264/90000");
        assertThat(section.attribute("x")).contains("y:z");
        assertThat(sdp.values("control")).containsExactly("*");
    }

    @Test
    void direction_saidTwice_isTheFirst() throws Exception {
        assertThat(SessionDescription.parse("m=audio 0 RTP/AVP 0\na=sendonly\na=inactive")
                        .media()
                        .getFirst()
                        .direction())
                .isEqualTo(Direction.SENDONLY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "v=0\n",
                "v=0\ns=x\nt=0 0\n",
                "<html></html>",
                "m=",
                "m=video",
                "m=video 0",
                "m=video x RTP/AVP 96",
                "m=video -1 RTP/AVP 96",
                "m=video 65536 RTP/AVP 96",
                "m=video 99999999999 RTP/AVP 96",
                "m=video / RTP/AVP 96",
            })
    void parse_noSdp_isMalformed(String text) {
        assertThatThrownBy(() -> SessionDescription.parse(text))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("SDP");
    }

    @Test
    void parse_beyondTheBounds_isMalformed() throws Exception {
        String longest = "a=" + "x".repeat(SessionDescription.MAX_CHARS - 2);
        String most = "m=audio 0 RTP/AVP 0\n".repeat(SessionDescription.MAX_SECTIONS);
        String widest = "m=audio 0 RTP/AVP" + " 0".repeat(256);

        assertThat(SessionDescription.parse(longest).attributes()).hasSize(1);
        assertThatThrownBy(() -> SessionDescription.parse(longest + "x")).isInstanceOf(MalformedException.class);
        assertThat(SessionDescription.parse(most).media()).hasSize(64);
        assertThatThrownBy(() -> SessionDescription.parse(most + "m=audio 0 RTP/AVP 0"))
                .isInstanceOf(MalformedException.class);
        assertThat(SessionDescription.parse(widest).media().getFirst().formats())
                .hasSize(256);
        assertThatThrownBy(() -> SessionDescription.parse(widest + " 0")).isInstanceOf(MalformedException.class);
        assertThat(SessionDescription.parse("a=x\n".repeat(4096)).attributes()).hasSize(4096);
        assertThatThrownBy(() -> SessionDescription.parse("a=x\n".repeat(4097))).isInstanceOf(MalformedException.class);
    }

    @Test
    void parse_cutAnywhere_givesAnSdpOrMalformed() {
        for (int length = 0; length < OFFER.length(); length++) {
            try {
                SessionDescription sdp = SessionDescription.parse(OFFER.substring(0, length));
                assertThat(SessionDescription.parse(sdp.toString())).hasToString(sdp.toString());
            } catch (MalformedException e) {
                assertThat(e.reason()).contains("SDP");
            }
        }
    }

    @Test
    void parse_anyBitFlipped_givesAnSdpOrMalformed() {
        for (int bit = 0; bit < OFFER.length() * 7; bit++) {
            char[] flipped = OFFER.toCharArray();
            flipped[bit / 7] ^= (char) (1 << bit % 7);
            try {
                SessionDescription sdp = SessionDescription.parse(new String(flipped));
                assertThat(SessionDescription.parse(sdp.toString()).media()).hasSameSizeAs(sdp.media());
            } catch (MalformedException e) {
                assertThat(e.reason()).contains("SDP");
            }
        }
    }

    @Test
    void values_withLineBreaks_areRefused() {
        // What comes from outside, such as a stream's name, must not add lines of its own.
        assertThatThrownBy(() -> new SdpAttribute("x", "y\r\na=z")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SdpAttribute("x\n")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SessionDescription("", "a\nb", "", List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SessionDescription("a\rb", "", "", List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MediaSection("video", 0, "RTP/AVP", List.of("96\r\na=x"), "", List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MediaSection("video\n", 0, "RTP/AVP", List.of(), "", List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void attribute_flagOrValue_writesItself() {
        assertThat(new SdpAttribute("recvonly")).hasToString("a=recvonly");
        assertThat(new SdpAttribute("mid", "0")).hasToString("a=mid:0");
    }
}
