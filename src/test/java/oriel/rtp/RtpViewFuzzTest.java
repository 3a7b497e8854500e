package oriel.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import oriel.base.MalformedException;

class RtpViewFuzzTest {
    @FuzzTest
    void wrap(byte[] data) {
        RtpView view = new RtpView();
        try {
            view.wrap(ByteBuffer.wrap(data), 0, data.length);
        } catch (MalformedException e) {
            return;
        }
        byte[] payload = new byte[view.payloadLength()];
        view.copyPayload(0, payload, 0, payload.length);
        assertThat(payload.length).isBetween(0, data.length - RtpView.FIXED_HEADER_BYTES);
        assertThat(view.payloadType()).isBetween(0, 127);
    }
}
