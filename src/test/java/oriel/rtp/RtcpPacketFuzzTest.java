package oriel.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import oriel.base.MalformedException;

class RtcpPacketFuzzTest {
    @FuzzTest
    void parseCompound(byte[] data) {
        List<RtcpPacket> packets;
        try {
            packets = RtcpPacket.parseCompound(data, 0, data.length);
        } catch (MalformedException e) {
            return;
        }
        assertThat(packets).hasSizeBetween(1, RtcpPacket.MAX_PACKETS);
        for (RtcpPacket packet : packets) {
            if (packet instanceof RtcpPacket.Nack nack) {
                assertThat(nack.sequences()).hasSizeLessThanOrEqualTo(RtcpPacket.MAX_NACKED);
            }
        }
    }
}
