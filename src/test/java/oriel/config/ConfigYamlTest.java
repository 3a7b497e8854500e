package oriel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigYamlTest extends ConfigFixture {
    @Test
    void duplicateKey_isRefusedWithBothLines() throws Exception {
        assertThat(problems("streams:\n  a: rtsp://u:p@h/1\n  b: x\n  a: rtsp://user:geheim@h/2\n"))
                .containsExactly(
                        "go2rtc.yaml:4: streams.a: \"rtsp://***@h/2\" stands here a second time, first in line 2: "
                                + "a key may stand once. Remove one of them.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "streams:\\n\\ta: b | go2rtc.yaml:2: a tab may not stand in front of a value. Use spaces.",
                "a: [b | go2rtc.yaml:2: this is not YAML: expected ',' or ']', but got <stream end>, in what starts at line 1.",
                "a: 'b\\n\\nc | go2rtc.yaml:4: this is not YAML: found unexpected end of stream, in what starts at line 1.",
                "a: b: c | go2rtc.yaml:1: this is not YAML: mapping values are not allowed here.",
                "a: !!javax.script.ScriptEngineManager [b] | go2rtc.yaml:1: a: tags, words with ! in front, are not read.",
                "a: !!java.net.URL http://h | go2rtc.yaml:1: a: tags, words with ! in front, are not read.",
                "api: {password: !geheim } | go2rtc.yaml:1: api.password: tags, words with ! in front, are not read.",
                "a: !geheim!b c | go2rtc.yaml:1: tags, words with ! in front, are not read.",
                "password: *geheim | go2rtc.yaml:1: a word with * in front names no anchor.",
                "a: &x b\\nc: d\\n--- \\ne: f | go2rtc.yaml:3: this is not YAML: but found another document, in what starts at line 1.",
                "? [a]\\n: b | go2rtc.yaml:1: a key must be a text.",
                "<<: a | go2rtc.yaml:1: << must name a map.",
                "a: &a [*a] | go2rtc.yaml:1: goes, with its aliases, beyond 100000 values or 64 levels.",
                "a:\\n  b: \"\\0\" | go2rtc.yaml:2: the character U+0000 may not stand here.",
            })
    void brokenYaml_isRefusedWithItsLineAndWithoutSecrets(String text, String words) throws Exception {
        String unescaped = text.replace("\\n", "\n").replace("\\t", "\t").replace("\\0", "\0") + "\n";

        assertThat(problems(unescaped))
                .first()
                .asString()
                .startsWith(words)
                .doesNotContain("geheim")
                .doesNotContain("javax");
    }

    @Test
    void keyWithControlCharacters_staysOnOneLine() throws Exception {
        assertThat(problems("\"a\\n\\t\\e[2J" + "x".repeat(500) + "\": {? [b] : c}"))
                .singleElement()
                .asString()
                .startsWith("go2rtc.yaml:1: a???[2Jxxx")
                .endsWith("…: a key must be a text.");
    }

    @Test
    void aliasBomb_isRefused() throws Exception {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 20; i++) {
            String alias = "*a" + (i - 1);
            bomb.append("a%d: &a%d [%s]%n".formatted(i, i, String.join(",", java.util.Collections.nCopies(10, alias))));
        }

        assertThat(problems(bomb.toString())).singleElement().asString().contains("beyond 100000 values");
    }

    @Test
    void yamlBeyondBounds_isRefused() throws Exception {
        assertThat(problems("[".repeat(65) + "]".repeat(65)))
                .first()
                .asString()
                .contains("beyond 100000 values or 64 levels");
        assertThat(problems("{a: ".repeat(5000))).first().asString().contains("64 levels");
        assertThat(problems("a:\n" + "- b\n".repeat(100_001)))
                .first()
                .asString()
                .contains("100000 values");
        assertThat(problems("#" + "x".repeat(10_000_000)))
                .containsExactly("go2rtc.yaml: has more than 10000000 bytes. Split the streams over several files.");
    }

    @Test
    void fileThatIsNotUtf8_isRefusedWithItsLine() throws Exception {
        Files.write(folder.resolve("go2rtc.yaml"), new byte[] {'a', ':', '\n', 'b', ':', ' ', (byte) 0xE4, '\n'});

        assertThat(failure().lines()).containsExactly("go2rtc.yaml:2: this is not UTF-8. Save the file as UTF-8.");
    }

    @Test
    void fileThatIsAFolder_isRefused() throws Exception {
        Files.createDirectory(folder.resolve("go2rtc.yaml"));

        assertThat(failure().lines()).singleElement().asString().startsWith("go2rtc.yaml: can't be read (");
    }

    @Test
    void byteOrderMark_isPassedOver() throws Exception {
        assertThat(yaml("\uFEFFapi: {listen: ':1'}").api().listen()).isPresent();
    }

    @Test
    void anchorsAndMerges_areFollowed() throws Exception {
        GatewayConfig config = yaml("""
                x-base: &base {level: debug, format: json}
                log:
                  <<: *base
                  level: warn
                streams:
                  a: &url rtsp://h/1
                  b: *url
                  c: {<<: [{url: rtsp://h/2}]}
                """);

        assertThat(config.log().level()).isEqualTo(LogLevel.WARN);
        assertThat(config.log().format()).isEqualTo(LogFormat.JSON);
        assertThat(sources(config.streams(), "b")).containsExactly("rtsp://h/1");
        assertThat(sources(config.streams(), "c")).containsExactly("rtsp://h/2");
    }

    @Test
    void manyProblems_areToldTogetherAndBounded() throws Exception {
        StringBuilder text = new StringBuilder("api: {listen: x, base_path: a b}\nstreams:\n");
        for (int i = 0; i < 30; i++) {
            text.append("  s").append(i).append(": ''\n");
        }

        List<String> lines = problems(text.toString());

        assertThat(lines).hasSize(21);
        assertThat(lines.get(0)).startsWith("go2rtc.yaml:1: api.listen");
        assertThat(lines.get(1)).startsWith("go2rtc.yaml:1: api.base_path");
        assertThat(lines.get(2)).startsWith("go2rtc.yaml:3: streams.s0");
        assertThat(lines.get(20)).isEqualTo("and 12 more");
    }

    @Test
    void tooManyStreams_areRefused() throws Exception {
        StringBuilder text = new StringBuilder("streams:\n");
        for (int i = 0; i <= GatewayConfig.MAX_STREAMS; i++) {
            text.append("  s").append(i).append(": rtsp://h/").append(i).append('\n');
        }

        assertThat(problems(text.toString()))
                .singleElement()
                .asString()
                .startsWith("go2rtc.yaml:2002: streams.s2000:")
                .contains("2000 that are possible");
    }

    @Test
    void load_everyTruncation_givesAConfigurationOrProblems() throws Exception {
        byte[] bytes = EXAMPLE.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        for (int length = 0; length < bytes.length; length++) {
            accepts(Arrays.copyOf(bytes, length));
        }
    }

    @Test
    void load_everyBitFlip_givesAConfigurationOrProblems() throws Exception {
        byte[] bytes = EXAMPLE.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            accepts(bytes);
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    private static final String EXAMPLE = """
            api: {listen: ":1984", origin: "*"}
            x: &x [1, ä]
            log: {level: info, time: "15:04:05.000"}
            streams:
              a: ${A:rtsp://u:p@h/1#x}
              b: [*x, "q\\u00e4", 'it''s']
              c: {<<: {url: y}}
              d: |
                text
            webrtc: {candidates: [stun:8555], ice_servers: [{urls: stun:h}]}
            """;

    private void accepts(byte[] bytes) throws IOException {
        Files.write(folder.resolve("go2rtc.yaml"), bytes);
        try {
            load();
        } catch (ConfigException e) {
            assertThat(e.lines()).isNotEmpty().allMatch(line -> line.lines().count() == 1);
        }
    }
}
