package oriel.rtsp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import oriel.base.MalformedException;

class RtspHeadFuzzTest {
    @FuzzTest
    void parse(byte[] data) {
        try {
            RtspHead head = RtspHead.parse(new String(data, StandardCharsets.UTF_8));
            byte[] again = switch (head.message()) {
                case RtspRequest request -> request.encode(1);
                case RtspResponse response -> response.encode();
            };
            RtspHead.parse(new String(again, StandardCharsets.UTF_8));
        } catch (MalformedException e) {
            // What the parser may say; of its own text never.
        }
    }
}
