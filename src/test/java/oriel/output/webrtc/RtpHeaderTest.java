package oriel.output.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import oriel.rtp.RtpView;

class RtpHeaderTest {
    @Test
    void number_standsInAOneByteExtension_behindTheFixedHeader() throws Exception {
        byte[] packet = new byte[24];
        RtpHeader.write(packet, 2, true, 108, 0xABCD, 0x01020304, 0x0A0B0C0D);
        RtpHeader.number(packet, 2, 3, 0x1_8001);
        assertThat(HexFormat.of().formatHex(packet, 2, 22))
                .isEqualTo("90" + "ec" + "abcd" + "01020304" + "0a0b0c0d" + "bede0001" + "31" + "8001" + "00");
        RtpView view = new RtpView();
        view.wrap(ByteBuffer.wrap(packet), 2, 22);
        assertThat(view.payloadLength()).isEqualTo(2);
        assertThat(view.marker()).isTrue();
    }
}
