package oriel.webrtc.ice;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import oriel.base.MalformedException;

/** Any line is a candidate or malformed; what is a candidate is written so that it reads the same. */
class CandidateFuzzTest {
    @FuzzTest
    void parse(byte[] data) throws MalformedException {
        Candidate candidate;
        try {
            candidate = Candidate.parse(new String(data, StandardCharsets.UTF_8));
        } catch (MalformedException e) {
            return;
        }
        candidate.address();
        candidate.isCheckable();
        if (!Candidate.parse(candidate.toString()).equals(candidate)) {
            throw new AssertionError("reads back otherwise: " + candidate);
        }
    }
}
