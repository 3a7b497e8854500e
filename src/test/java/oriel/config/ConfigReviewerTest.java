package oriel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigReviewerTest {
    private final ConfigReviewer reviewer = new ConfigReviewer(
            (source, isStream) -> source.startsWith("rtsp:") || isStream.test(source)
                    ? Optional.empty()
                    : Optional.of("Not spoken: " + source + "."),
            "SET"::equals);

    private List<String> rows(String text) {
        return reviewer.review("text", text).rows().stream()
                .map(row -> row.key() + " " + row.works().word() + (row.why().isEmpty() ? "" : ": " + row.why()))
                .toList();
    }

    @Test
    void keys_thatWorkThatAreNotThereYetAndThatNobodyKnows() {
        assertThat(rows("""
                api: {listen: ":1984", tls_listen: ":443"}
                rtsp: {listen: ":8554"}
                ffmpeg: {bin: ffmpeg}
                log: {level: info, loud: yes}
                webrtc: {filters: {ips: [192.0.2.1], odd: 1}}
                surprise: 1
                """))
                .containsExactly(
                        "api.listen yes",
                        "api.tls_listen no: It has no effect in this version.",
                        "rtsp.listen no: Oriel does not serve RTSP in this version: programs that take the streams from"
                                + " port 8554 have to take them from the cameras, or stay with go2rtc.",
                        "ffmpeg no: Oriel opens cameras itself and starts no ffmpeg, so there is nothing to set.",
                        "log.level yes",
                        "log.loud no: Oriel does not know this key; it has no effect.",
                        "webrtc.filters partly: Without effect: odd.",
                        "surprise no: Oriel does not know this key; it has no effect.");
    }

    @Test
    void streams_byTheirSources() {
        assertThat(rows("""
                streams:
                  one: rtsp://192.0.2.1/a
                  two: [rtsp://192.0.2.1/a, "http://192.0.2.1/b"]
                  three: http://192.0.2.1/b
                  four: {url: one}
                  five: exec:ffmpeg -i x
                  six:
                  seven: false
                """))
                .containsExactly(
                        "streams.one yes",
                        "streams.two partly: 1 of 2 sources work. Not spoken: http://192.0.2.1/b.",
                        "streams.three no: Not spoken: http://192.0.2.1/b.",
                        "streams.four yes",
                        "streams.five no: exec: starts a program or runs a script, which Oriel does not do in this"
                                + " version. If it only wraps an RTSP address, write that address.",
                        "streams.six no: " + MovingSentences.PUSHED,
                        "streams.seven yes: It is switched off.");
    }

    @Test
    void namesWithDots_areNotTakenForOneAnother() {
        assertThat(rows("streams: {front: rtsp://h/a, front.door: [\"\"]}"))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("streams.front yes"),
                        second -> assertThat(second).startsWith("streams.front.door no: Line 1: "));
    }

    @Test
    void keys_thatNobodyKnows_andBeginAlike_haveARowEach() {
        assertThat(rows("""
                odd.: {inner: 1}
                odd: [1]
                """))
                .containsExactly(
                        "odd. no: Oriel does not know this key; it has no effect.",
                        "odd no: Oriel does not know this key; it has no effect.");
    }

    @Test
    void frigatesBlock_isFound_andItsPlaceholdersAreExplained() {
        ConfigReview review = reviewer.review("text", """
                mqtt: {host: broker}
                cameras: {front: {ffmpeg: {inputs: []}}}
                go2rtc:
                  streams:
                    front:
                      - rtsp://admin:{FRIGATE_RTSP_PASSWORD}@192.0.2.1/a
                      - "ffmpeg:front#audio=opus"
                """);
        assertThat(review.frigate()).isTrue();
        assertThat(review.usable()).isTrue();
        assertThat(review.rows()).singleElement().satisfies(row -> {
            assertThat(row.key()).isEqualTo("streams.front");
            assertThat(row.works()).isEqualTo(ConfigReview.Works.PARTLY);
            assertThat(row.why())
                    .contains("1 of 2 sources work.")
                    .contains("Write ${FRIGATE_RTSP_PASSWORD} instead")
                    .contains("section env");
        });
    }

    @Test
    void placeholderAlone_isPartly_forTheCopyWouldNotSignIn() {
        assertThat(rows("go2rtc: {streams: {front: \"rtsp://u:{FRIGATE_RTSP_PASSWORD}@192.0.2.1/a\"}}"))
                .singleElement()
                .asString()
                .startsWith("streams.front partly: Frigate fills {FRIGATE_RTSP_PASSWORD} in by itself.");
    }

    @Test
    void variables_ofOurOwnEnvironmentAreNeverShown_andThoseThatAreMissingAreNamed() {
        assertThat(
                        rows(
                                "streams: {one: \"rtsp://u:${GONE}@192.0.2.1/a\", \"x${SET}\": \"rtsp://u:${SET}@192.0.2.1/b\"}"))
                .containsExactly(
                        "streams.one partly: The variable GONE must be brought along: set it in the section env or in the"
                                + " environment.",
                        "streams.x${SET} yes");
    }

    @Test
    void mistakes_areRowsWithTheirLines() {
        ConfigReview review = reviewer.review("text", "api:\n  listen: here\nwebrtc: [1]\n");
        assertThat(review.usable()).isFalse();
        assertThat(review.rows()).extracting(ConfigReview.Row::key).containsExactly("api.listen", "webrtc");
        assertThat(review.rows()).allSatisfy(row -> {
            assertThat(row.works()).isEqualTo(ConfigReview.Works.NO);
            assertThat(row.why()).startsWith("Line ");
        });
    }

    @Test
    void whatIsNoYaml_isOneRow() {
        ConfigReview review = reviewer.review("text", "streams: [");
        assertThat(review.usable()).isFalse();
        assertThat(review.rows())
                .singleElement()
                .satisfies(row -> assertThat(row.why()).contains("not YAML"));
        assertThat(rows("")).containsExactly(" no: There is nothing in it.");
    }

    @Test
    void secrets_areInNoRow() {
        String text = "streams:\n"
                + "  one: \"http://admin:hunter2secret@192.0.2.1/a?password=hunter3secret\"\n"
                + "  hunter2secret: rtsp://192.0.2.1/a\n"
                + "rtmp: {listen: hunter2secret}\n";
        assertThat(rows(text).toString()).doesNotContain("hunter2secret").doesNotContain("hunter3secret");
    }

    @Test
    void twoThousandStreams_haveTheirRows() {
        StringBuilder text = new StringBuilder("streams:\n");
        for (int i = 0; i < GatewayConfig.MAX_STREAMS; i++) {
            text.append("  s").append(i).append(": http://192.0.2.1/b\n");
        }
        assertThat(rows(text.toString())).hasSize(GatewayConfig.MAX_STREAMS);
    }
}
