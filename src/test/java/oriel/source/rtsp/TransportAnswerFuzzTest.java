package oriel.source.rtsp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import oriel.base.MalformedException;

class TransportAnswerFuzzTest {
    @FuzzTest
    void answered(byte[] data) {
        String header = new String(data, StandardCharsets.UTF_8);
        SessionAnswer.parse(header).keepAliveInterval();
        try {
            new TransportAnswer(0, 1).answered(header);
        } catch (MalformedException e) {
            // What the parser may say.
        }
    }
}
