package oriel.config;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

class ConfigReviewerFuzzTest {
    /** A pasted text always gives a table, whose keys are one line each. */
    @FuzzTest
    void review(byte[] data) {
        ConfigReviewer reviewer = new ConfigReviewer(
                (source, isStream) -> isStream.test(source) ? Optional.empty() : Optional.of("No."), name -> false);
        ConfigReview review = reviewer.review("text", new String(data, StandardCharsets.UTF_8));
        for (ConfigReview.Row row : review.rows()) {
            if (row.key().chars().anyMatch(Character::isISOControl)) {
                throw new AssertionError("breaks the line: " + row.key());
            }
        }
    }
}
