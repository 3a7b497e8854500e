package oriel.source.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Failure;
import oriel.stream.SourceHint;

class FfmpegSourceFactoryTest {
    private final FfmpegSourceFactory factory = new FfmpegSourceFactory(Set.of("rtsp", "rtsps", "rtspx"));

    @ParameterizedTest
    @CsvSource({
        "ffmpeg:rtsp://h/a, rtsp://h/a",
        "ffmpeg:rtsp://u:p@ss@h/a?channel=1&subtype=0#video=copy, rtsp://u:p@ss@h/a?channel=1&subtype=0",
        "ffmpeg:rtsp://h/a#video=copy#audio=copy#query=log_level=debug, rtsp://h/a",
        "ffmpeg:RTSP://h/a, RTSP://h/a",
        "ffmpeg:rtsp://h/a#video=h264#audio=copy, rtsp://h/a",
        "ffmpeg:rtsp://h/a#video=copy#audio=opus, rtsp://h/a",
        "ffmpeg:garden, garden",
        "ffmpeg:garden#audio=copy, garden",
    })
    void hint_copyOfWhatWeSpeak_isFollowed(String source, String followed) {
        assertThat(factory.hint(source)).isEqualTo(new SourceHint.Follow(followed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ffmpeg:camera.front#audio=opus#query=log_level=debug",
                "ffmpeg:rigcam_door%25201#audio=opus",
                "ffmpeg:rtsp://h/a#audio=opus#audio=pcmu",
            })
    void hint_soundHelper_offersNothing_andIsNoFault(String source) {
        assertThat(factory.hint(source))
                .isInstanceOfSatisfying(
                        SourceHint.Nothing.class,
                        nothing -> assertThat(nothing.why()).isInstanceOf(Failure.CodecMismatch.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ffmpeg:rtsp://h/a#video=h264#audio=copy#rotate=180",
                "ffmpeg:http://h/a",
                "ffmpeg:garden#video=h264",
                "ffmpeg:https://u:secret@h/a#video=copy",
                "ffmpeg:rtsp://h/a#raw=-vf hflip",
            })
    void hint_whatThisVersionCannot_saysSoWithoutSecrets(String source) {
        assertThat(factory.hint(source)).isInstanceOfSatisfying(SourceHint.Nothing.class, nothing -> {
            assertThat(nothing.why()).isInstanceOf(Failure.Unsupported.class);
            assertThat(nothing.why().sentence()).doesNotContain("secret").contains("This version of Oriel");
        });
    }

    @Test
    void parse_keepsTheQueryWhole() {
        FfmpegUrl url = FfmpegUrl.parse("ffmpeg:rtsp://h/a?x=1&y=2#video=copy#audio=opus");
        assertThat(url.input()).isEqualTo("rtsp://h/a?x=1&y=2");
        assertThat(url.parameters())
                .containsExactly(new FfmpegUrl.Parameter("video", "copy"), new FfmpegUrl.Parameter("audio", "opus"));
    }
}
