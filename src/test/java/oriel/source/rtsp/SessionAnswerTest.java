package oriel.source.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oriel.testing.Mangled;

class SessionAnswerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "47112344                  | 47112344 | 60 | 25",
                "47112344;timeout=60       | 47112344 | 60 | 25",
                "abc ; Timeout=20          | abc      | 20 | 15",
                "abc;timeout=10            | abc      | 10 | 5",
                "abc;timeout=4             | abc      | 4  | 2",
                "abc;timeout=0             | abc      | 60 | 25",
                "abc;timeout=1             | abc      | 1  | 1",
                "abc;timeout=x             | abc      | 60 | 25",
                "abc;timeout=86400;x=y     | abc      | 86400 | 25",
            })
    void parse_header_givesIdTimeoutAndInterval(String header, String id, int timeout, int interval) {
        SessionAnswer session = SessionAnswer.parse(header);

        assertThat(session.id()).isEqualTo(id);
        assertThat(session.timeout()).isEqualTo(Duration.ofSeconds(timeout));
        assertThat(session.keepAliveInterval()).isEqualTo(Duration.ofSeconds(interval));
    }

    @Test
    void parse_mangledHeader_givesAnInterval() {
        Mangled.texts("abc;timeout=60")
                .forEach(text -> assertThat(SessionAnswer.parse(text).keepAliveInterval())
                        .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(25)));
    }
}
