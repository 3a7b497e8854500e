package oriel.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "camera.front_door",
                "Einfahrt Süd 🌳",
                " x ",
                "100%25 & more",
                "<img src=x>",
                "{{7*7}}",
                "a/b\\c",
                "no",
                "rtsp://h/p",
                "\u202Eright to left"
            })
    void problem_usableName_isNone(String name) {
        assertThat(StreamName.problem(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\u2003\u2003",
                "a\nb",
                "a\tb",
                "\u0000",
                "a\u007f",
                "a\u0085b",
                "\ud83c",
                "a\udf33b",
                "\udf33\ud83c"
            })
    void problem_unusableName_isSaid(String name) {
        assertThat(StreamName.problem(name)).isPresent();
    }

    @Test
    void problem_length_isCountedInCodePoints() {
        assertThat(StreamName.problem("🌳".repeat(200))).isEmpty();
        assertThat(StreamName.problem("🌳".repeat(201))).contains("a name has at most 200 characters");
        assertThat(StreamName.problem("a".repeat(201))).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "rtsp://host/live, rtsp://host/live",
        "rtsp://user:pass@host:554/live?a=b#timeout=5, rtsp://host:554/live",
        "rtsp://user:p@ss@host/live, rtsp://host/live",
        "rtsp://user:p/a?s#s@host/live, rtsp://host/live",
        "rtsp://user:p/w@host/live, rtsp://host/live",
        "rtsp://user:p@ss/w@host/live, rtsp://host/live",
        "rtsp://host/live?mail=a@b.example, rtsp://host/live",
        "rtsp://[fd00::1]:554/live?x, rtsp://[fd00::1]:554/live",
        "http://u:p@[::1]/x#y, http://[::1]/x",
        "ffmpeg:rtsp://u:p@h/x#video=h264, ffmpeg:rtsp://h/x",
        "ffmpeg:camera.front#audio=opus, ffmpeg:camera.front",
        "front, front",
    })
    void fromSource_givesAddressWithoutSecrets(String source, String name) {
        assertThat(StreamName.fromSource(source)).contains(name);
    }

    @Test
    void fromSource_nothingUsable_isEmpty() {
        assertThat(StreamName.fromSource("")).isEmpty();
        assertThat(StreamName.fromSource("#video=x")).isEmpty();
        assertThat(StreamName.fromSource("a\u0000b")).isEmpty();
        assertThat(StreamName.fromSource("rtsp://h/" + "x".repeat(500)).orElseThrow())
                .hasSize(200);
    }
}
