package oriel.source.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oriel.rtsp.RtspRequest;
import oriel.testing.Mangled;

class RtspDialogueTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rtsp://h/a/trackID=1            | rtsp://h/a/trackID=1",
                "rtsp://u:p@h/a                  | rtsp://h/a",
                "rtsp://u:p@x@h                  | rtsp://h",
                "rtsp://h/a@b                    | rtsp://h/a@b",
                "rtsp://h/track 1                | rtsp://h/track%201",
                "*                               | *",
            })
    void sendable_whatACameraWrote_fitsARequestLine(String written, String sent) {
        assertThat(RtspDialogue.sendable(written)).isEqualTo(sent);
    }

    @Test
    void sendable_mangled_canBeSentOrIsEmpty() {
        Mangled.texts("rtsp://user:pw@192.168.1.5:554/live/track ID=1?x=\t1").forEach(text -> {
            String sendable = RtspDialogue.sendable(text);
            if (!sendable.isEmpty()) {
                assertThat(new RtspRequest("SETUP", sendable)).isNotNull();
            }
        });
    }
}
