package oriel.source.rtsp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import oriel.base.MalformedException;
import oriel.rtsp.RtspRequest;

class RtspUrlFuzzTest {
    @FuzzTest
    void parse(byte[] data) {
        RtspUrl url;
        try {
            url = RtspUrl.parse(new String(data, StandardCharsets.UTF_8));
        } catch (MalformedException e) {
            return;
        }
        url.credentials();
        url.path();
        // What was taken can be sent: nothing in it breaks a request's lines.
        new RtspRequest("DESCRIBE", url.requestUri());
    }
}
