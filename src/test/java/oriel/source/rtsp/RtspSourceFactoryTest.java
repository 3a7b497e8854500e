package oriel.source.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Clock;
import oriel.base.FailureException;
import oriel.media.MediaKind;
import oriel.net.MediaLoops;
import oriel.source.rtsp.SourceRun.Workshop;
import oriel.stream.SourceHint;
import oriel.stream.SourceKey;

class RtspSourceFactoryTest {
    private final MediaLoops loops = MediaLoops.open(1);
    private final RtspSourceFactory factory = new Workshop(loops, Clock.system()).factory();

    @AfterEach
    void close() {
        loops.close();
    }

    @Test
    void schemes_areTheThree() {
        assertThat(factory.schemes()).containsExactlyInAnyOrder("rtsp", "rtsps", "rtspx");
    }

    @Test
    void hint_ofAnyAddress_isToDial() {
        assertThat(factory.hint("rtsp://h/a#media=audio")).isEqualTo(new SourceHint.Dial());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rtsp://u:P%40@cam/a?b",
                "RTSP://u:P%40@CAM:554/a?b",
                "rtsp://u:P%40@cam:554/a?b#timeout=5",
                " rtsp://u:P%40@cam/a?b#transport=tcp#backchannel=1#unknown=1",
                "rtsp://u:P%40@cam/a?b#media=anything"
            })
    void key_ofTheSameConnection_isEqual(String source) throws FailureException {
        assertThat(factory.key(source)).isEqualTo(new SourceKey("rtsp://u:P%40@cam/a?b"));
    }

    @Test
    void key_optionsThatChangeTheConnection_arePartOfIt() throws FailureException {
        SourceKey key = factory.key("rtsp://cam/a#timeout=30#media=Audio#transport=UDP#backchannel=0#x=y");

        assertThat(key.options())
                .isEqualTo(new TreeMap<>(
                        Map.of("timeout", "30", "media", "audio", "transport", "udp", "backchannel", "0")));
        assertThat(RtspOptions.of(key.options()))
                .isEqualTo(new RtspOptions(Duration.ofSeconds(30), Optional.of(MediaKind.AUDIO), true, false));
        assertThat(factory.create(key)).isNotNull();
    }

    @Test
    void key_otherSchemeOrPath_isAnother() throws FailureException {
        assertThat(factory.key("rtsps://h/a")).isNotEqualTo(factory.key("rtspx://h/a"));
        assertThat(factory.key("rtsp://h/a")).isNotEqualTo(factory.key("rtsp://h/A"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rtsp://", "rtsp://u:canary@:5/a", "rtsp://h:99999/a"})
    void key_ofNonsense_saysWhatToWrite(String source) {
        assertThatThrownBy(() -> factory.key(source))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("rtsp://user:password@host/path")
                .hasMessageNotContaining("canary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"timeout=0", "timeout=61", "timeout=9999"})
    void options_timeoutBeyondItsRange_isClamped(String option) {
        String value = option.substring(option.indexOf('=') + 1);

        assertThat(RtspOptions.of(Map.of("timeout", value)).patience())
                .isIn(Duration.ofSeconds(1), Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "-1", "5s", "99999999999"})
    void options_timeoutThatIsNone_staysAsByDefault(String value) {
        assertThat(RtspOptions.of(Map.of("timeout", value)).patience()).isEqualTo(Duration.ofSeconds(5));
    }
}
