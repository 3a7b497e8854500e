package oriel.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactedTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "rtsp://u:p@h/1, rtsp://***@h/1",
                "rtsp://u:p@s:/s@h/1 and http://v@i/2, rtsp://***@h/1 and http://***@i/2",
                "\"rtsp://u:p@h/1\"\\n'rtsps://u:p@h', \"rtsp://***@h/1\"\\n'rtsps://***@h'",
                "ffmpeg:rtsp://u:p@h/1#video=copy, ffmpeg:rtsp://***@h/1#video=copy",
                "a@b http://h/x, a@b http://h/x",
                "mail a@b.example, mail a@b.example",
                "http://h/x?user=u&password=p&z=1, http://h/x?user=***&password=***&z=1",
                "http://h/x?TOKEN=t#pwd=x, http://h/x?TOKEN=***#pwd=***",
                "Authorization: Basic abc, Authorization: ***",
                "x\\nCookie: a=b\\ny, x\\nCookie: ***\\ny",
                "a=ice-pwd:secret, a=ice-pwd:***",
                "1://u:p@h, 1://***@h",
            })
    void text_credentialsOfEveryForm_areMasked(String text, String masked) {
        assertThat(Redacted.text(text.replace("\\n", "\n"))).isEqualTo(masked.replace("\\n", "\n"));
    }

    /** A pattern took 40 s for the first of these. */
    @ParameterizedTest
    @ValueSource(strings = {"x", "a://", "://", "@", "a://@", "?password=", "cookie ", "\n", "authorization\n"})
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void text_longWordFromAStranger_isMaskedInLinearTime(String part) {
        assertThat(Redacted.text(part.repeat(400_000 / part.length()))).isNotEmpty();
    }

    @Test
    void text_nothingToHide_staysAsItIs() {
        for (String text : new String[] {"", " ", "x", "a\n\nb ", "\"'<>", "äöü 🌳\t"}) {
            assertThat(Redacted.text(text)).isEqualTo(text);
        }
    }
}
