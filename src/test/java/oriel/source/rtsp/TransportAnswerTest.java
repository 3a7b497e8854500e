package oriel.source.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.MalformedException;
import oriel.testing.Mangled;

class TransportAnswerTest {
    private static final TransportAnswer WISH = new TransportAnswer(2, 3);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // RFC 2326, 12.39
                "RTP/AVP/TCP;unicast;interleaved=0-1                          | 0   | 1",
                "RTP/AVP/TCP;interleaved=4-5;ssrc=DEADBEEF;mode=\"PLAY\"      | 4   | 5",
                "rtp/avp/tcp;UNICAST;Interleaved=6-7                          | 6   | 7",
                "RTP/AVP/TCP;unicast;interleaved=8                            | 8   | 9",
                "RTP/AVP/TCP;unicast;interleaved=8-                           | 8   | 9",
                "RTP/AVP/TCP;unicast;interleaved=255                          | 255 | 255",
                "RTP/AVP/TCP;unicast; interleaved = 0-1                       | 2   | 3",
                "RTP/AVP/TCP;unicast;interleaved=\"0-1\"                      | 0   | 1",
                "RTP/AVP/TCP;unicast;destination=10.0.0.9;source=1.2.3.4      | 2   | 3",
                "RTP/AVP;unicast;client_port=1-2,RTP/AVP/TCP;interleaved=0-1  | 0   | 1",
                // Some write the wrong protocol beside the right channels.
                "RTP/AVP;unicast;interleaved=0-1                              | 0   | 1",
                "RTP/AVP/TCP;unicast;interleaved=4-4                          | 4   | 4",
            })
    void answered_interleaved_givesTheChannels(String header, int rtp, int rtcp) throws MalformedException {
        assertThat(WISH.answered(header)).contains(new TransportAnswer(rtp, rtcp));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RTP/AVP;unicast;client_port=5000-5001;server_port=6000-6001", "RTP/AVP/UDP", "", ";;"})
    void answered_anythingElse_givesNone(String header) throws MalformedException {
        assertThat(WISH.answered(header)).isEmpty();
    }

    // T15: ids beyond a byte.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "RTP/AVP/TCP;interleaved=256-257",
                "RTP/AVP/TCP;interleaved=0-999",
                "RTP/AVP/TCP;interleaved=-1",
                "RTP/AVP/TCP;interleaved=a-b",
                "RTP/AVP/TCP;interleaved=",
                "RTP/AVP/TCP;interleaved=99999999999999"
            })
    void answered_channelsThatMakeNoSense_isMalformed(String header) {
        assertThatThrownBy(() -> WISH.answered(header)).isInstanceOf(MalformedException.class);
    }

    @Test
    void request_readBack_isTheSame() throws MalformedException {
        assertThat(new TransportAnswer(0, 1).answered(WISH.request())).contains(WISH);
    }

    @Test
    void answered_mangledHeader_givesAValueOrMalformed() {
        Mangled.texts("RTP/AVP/TCP;unicast;interleaved=10-11;ssrc=1,RTP/AVP").forEach(text -> {
            try {
                assertThat(WISH.answered(text)).isNotNull();
            } catch (MalformedException e) {
                assertThat(e.reason()).isNotEmpty();
            }
        });
    }
}
