package oriel.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import oriel.base.Bytes;

class RtpPacketTest {
    @Test
    void take_numbersWiderThanTheWire_writesTheirLowBits() throws Exception {
        byte[] array = Bytes.ofHex("ff".repeat(12) + "a1a2").toArray();
        RtpPacket packet = RtpPacket.take(array, 14, 0x1_2345_FFFEL, 0x7_89AB_CDEFL, true, true);

        assertThat(Bytes.of(array).toHex()).isEqualTo("8080fffe89abcdef00000000a1a2");
        assertThat(packet.array()).isSameAs(array);
        assertThat(packet.sequence()).isEqualTo(0x1_2345_FFFEL);
        assertThat(packet.ptsTicks()).isEqualTo(0x7_89AB_CDEFL);
        assertThat(packet.marker()).isTrue();
        assertThat(packet.keyStart()).isTrue();
        assertThat(packet.length()).isEqualTo(14);
        assertThat(packet.payloadLength()).isEqualTo(2);
        RtpView view = new RtpView();
        view.wrap(ByteBuffer.wrap(array), 0, packet.length());
        assertThat(view.sequence()).isEqualTo(0xFFFE);
        assertThat(view.timestamp()).isEqualTo(0x89AB_CDEFL);
    }

    @Test
    void take_unmarked_clearsTheBit() {
        RtpPacket packet = RtpPacket.take(Bytes.ofHex("ff".repeat(12)).toArray(), 12, 0, 0, false, false);

        assertThat(packet.marker()).isFalse();
        assertThat(packet.keyStart()).isFalse();
        assertThat(packet.payloadLength()).isZero();
    }

    @Test
    void take_lengthOutsideOfTheArray_isRefused() {
        assertThatThrownBy(() -> RtpPacket.take(new byte[20], 11, 0, 0, false, false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RtpPacket.take(new byte[20], 21, 0, 0, false, false))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
