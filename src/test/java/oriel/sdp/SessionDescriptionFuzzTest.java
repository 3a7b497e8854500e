package oriel.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import oriel.base.MalformedException;

class SessionDescriptionFuzzTest {
    @FuzzTest
    void parse(byte[] data) throws MalformedException {
        SessionDescription sdp;
        try {
            sdp = SessionDescription.parse(new String(data, StandardCharsets.UTF_8));
        } catch (MalformedException e) {
            return;
        }
        if (sdp.toString().length() <= SessionDescription.MAX_CHARS) {
            // What we write, we read: the same number of sections with the same directions.
            SessionDescription again = SessionDescription.parse(sdp.toString());
            assertThat(again.media()).hasSameSizeAs(sdp.media());
            for (int i = 0; i < sdp.media().size(); i++) {
                assertThat(again.media().get(i).formats())
                        .isEqualTo(sdp.media().get(i).formats());
            }
        }
    }
}
