package oriel.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorLinesTest {
    private static final long SECOND = 1_000_000_000L;
    private final List<String> seen = new ArrayList<>();
    private final ErrorLines lines = new ErrorLines(seen::add);

    @Test
    void line_inPieces_isPutTogether() {
        feed("hel", 0);
        feed("lo\nwor", 0);
        feed("ld\r\n", 0);
        assertThat(seen).containsExactly("hello", "world");
    }

    @Test
    void line_withoutEnd_comesAtTheEnd() {
        feed("last words", 0);
        assertThat(seen).isEmpty();
        lines.end(0);
        assertThat(seen).containsExactly("last words");
    }

    @Test
    void line_tooLong_isCutAtItsBound() {
        feed("x".repeat(100_000) + "\nnext\n", 0);
        assertThat(seen.getFirst()).hasSize(ErrorLines.MAX_CHARS + 1).endsWith("x…");
        assertThat(seen.getLast()).isEqualTo("next");
    }

    @Test
    void line_withControlCharactersAndSecrets_isCleaned() {
        feed("bad \u001b[31mrtsp://u:p@cam/x?password=abc\n", 0);
        assertThat(seen).containsExactly("bad  [31mrtsp://***@cam/x?password=***");
    }

    @Test
    void second_withManyLines_hasAHundredAndACount() {
        for (int i = 0; i < 250; i++) {
            feed("line " + i + "\n", 0);
        }
        assertThat(seen).hasSize(ErrorLines.LINES_A_SECOND);
        assertThat(lines.flooded()).isTrue();
        feed("later\n", SECOND);
        assertThat(seen.subList(100, 102)).containsExactly("(150 lines left out)", "later");
        assertThat(lines.flooded()).isFalse();
    }

    @Test
    void lastLines_areTheLastOnesEvenOfAFlood() {
        for (int i = 0; i < 1000; i++) {
            feed("line " + i + "\n", 0);
        }
        assertThat(lines.lastLines()).hasSize(ErrorLines.KEPT_LINES).last().isEqualTo("line 999");
    }

    private void feed(String text, long nanos) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        lines.feed(bytes, bytes.length, nanos);
    }
}
