package oriel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.config.ConfigLoader;
import oriel.config.LoadedConfig;
import oriel.config.LogConfig;
import oriel.config.LogFormat;
import oriel.config.LogLevel;
import oriel.config.LogOutput;
import oriel.config.LogTime;
import oriel.config.Redactions;
import oriel.metrics.Drops;
import oriel.testing.Proves;

class LogsTest {
    private static final String CLOCK = "\\d\\d:\\d\\d:\\d\\d\\.\\d{3}";

    private final LoggerContext context = new LoggerContext();
    private final Redactions redactions = new Redactions();

    @TempDir
    Path folder;

    @BeforeEach
    void prepare() {
        context.setMDCAdapter(new LogbackMDCAdapter()); // as slf4j does for the one it makes
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private Logger start(String... settings) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("log.output=file"));
        arguments.addAll(List.of(settings));
        LoadedConfig config = new ConfigLoader(folder, Map.of()).load(arguments);
        Logs.start(context, config.config().log(), redactions, config.folder(), Optional.empty());
        return context.getLogger("rtsp");
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(folder.resolve("go2rtc.log"));
    }

    @Test
    void line_textForm_isGo2rtcs() throws Exception {
        Logger rtsp = start("log.level=trace");
        rtsp.trace("a");
        rtsp.debug("b {}", 1);
        rtsp.info("listen addr={}", ":8554");
        rtsp.warn("d");
        rtsp.error("e");
        rtsp.error(Logs.FATAL, "f");
        context.getLogger("oriel").info("version=0.1.0 platform=linux/amd64");
        context.getLogger("io.netty.util.ResourceLeakDetector").error("LEAK");

        assertThat(lines())
                .allMatch(line -> line.matches(CLOCK + " .*"))
                .extracting(line -> line.substring(13))
                .containsExactly(
                        "TRC [rtsp] a",
                        "DBG [rtsp] b 1",
                        "INF [rtsp] listen addr=:8554",
                        "WRN [rtsp] d",
                        "ERR [rtsp] e",
                        "FTL [rtsp] f",
                        "INF version=0.1.0 platform=linux/amd64",
                        "ERR [lib] ResourceLeakDetector: LEAK");
    }

    @ParameterizedTest
    @CsvSource({
        "trace, trace debug info warn error fatal",
        "debug, debug info warn error fatal",
        "info, info warn error fatal",
        "warn, warn error fatal",
        "error, error fatal",
        "fatal, fatal",
        "disabled, ''",
    })
    void level_ofModule_decidesWhatIsWritten(String level, String written) throws Exception {
        start("log.level=disabled", "log.rtsp=" + level);
        for (String name : List.of("rtsp", "api")) {
            Logger logger = context.getLogger(name);
            logger.trace("trace");
            logger.debug("debug");
            logger.info("info");
            logger.warn("warn");
            logger.error("error");
            logger.error(Logs.FATAL, "fatal");
        }

        assertThat(String.join(
                        " ",
                        lines().stream()
                                .map(l -> l.substring(l.lastIndexOf(' ') + 1))
                                .toList()))
                .isEqualTo(written);
    }

    @Test
    void level_ofLibraries_isWarnUnlessNamed() throws Exception {
        start("log.level=trace");
        context.getLogger("io.micronaut.runtime.Micronaut").info("hidden");
        context.getLogger("io.micronaut.runtime.Micronaut").warn("shown");
        start("log.level=error", "log.lib=debug");
        context.getLogger("io.micronaut.runtime.Micronaut").debug("shown too");

        assertThat(lines()).hasSize(2).last().asString().endsWith("DBG [lib] Micronaut: shown too");
    }

    @Test
    void level_thatALoggerWasGiven_wins() throws Exception {
        start();
        context.getLogger("api").setLevel(Level.DEBUG);
        context.getLogger("api").debug("shown");
        context.getLogger("webrtc").debug("hidden");

        assertThat(lines()).singleElement().asString().endsWith("DBG [api] shown");
    }

    @Test
    void line_secrets_areTakenOut() throws Exception {
        redactions.add(List.of("hunter22"));
        Logger rtsp = start();
        rtsp.warn("rtsp://u:p@cam/x?token=abc said hunter22", new IllegalStateException("hunter22 and http://u:p@cam"));

        assertThat(String.join("\n", lines()))
                .contains("rtsp://***@cam/x?token=*** said ***", "IllegalStateException: *** and http://***@cam")
                .doesNotContain("hunter22", "u:p");
    }

    @Test
    void line_controlCharacters_cantForgeAnother() throws Exception {
        start().warn(
                        "front\n00:00:00.000 INF [api] forged\r\t\u001b[2J\u0085\u2028\u202e 🌳 👩‍👧",
                        new IOException("x\n00:00:00.000 INF forged"));

        List<String> lines = lines();
        assertThat(lines.getFirst())
                .endsWith(
                        "WRN [rtsp] front\\n00:00:00.000 INF [api] forged\\r\\t\\u001b[2J\\u0085\\u2028\\u202e 🌳 👩‍👧");
        assertThat(lines.subList(1, lines.size())).isNotEmpty().allMatch(line -> line.startsWith("\t"));
    }

    @Test
    void line_length_isBound() throws Exception {
        start().info("x".repeat(100_000));

        assertThat(lines()).singleElement().asString().hasSizeLessThan(17_000).endsWith("… (83616 more)");
    }

    @Test
    void line_jsonForm_isOneObject() throws Exception {
        redactions.add(List.of("hunter22"));
        Logger rtsp = start("log.format=json");
        rtsp.warn("a\n\"b\" hunter22", new IOException("x"));
        context.getLogger("oriel").error(Logs.FATAL, "over");

        JsonObject first = (JsonObject) Json.parse(lines().get(0));
        assertThat(first.members().keySet()).containsExactly("level", "time", "module", "message", "error");
        assertThat(first.string("level")).contains("warn");
        assertThat(first.string("module")).contains("rtsp");
        assertThat(first.string("message")).contains("a\n\"b\" ***");
        assertThat(first.string("error").orElseThrow()).startsWith("java.io.IOException: x");
        assertThat(first.integer("time").orElseThrow()).isBetween(1_700_000_000_000L, 9_000_000_000_000L);
        assertThat(((JsonObject) Json.parse(lines().get(1))).string("level")).contains("fatal");
    }

    @ParameterizedTest
    @CsvSource({
        "UNIXMS, text, " + CLOCK + " INF .*",
        "UNIXMICRO, text, " + CLOCK + " INF .*",
        "'\"\"', text, INF .*",
        "15:04:05, text, \\d\\d:\\d\\d:\\d\\d INF .*",
        "2006-01-02T15:04:05.000Z07:00, text, \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d) INF .*",
        "yyyy-MM-dd HH:mm, text, \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d INF .*",
        "UNIXMS, color, '\u001b\\[90m" + CLOCK + "\u001b\\[0m \u001b\\[32mINF\u001b\\[0m \\[rtsp\\] x'",
        "UNIXMS, json, '.*\"time\":\\d{13},.*'",
        "UNIXMICRO, json, '.*\"time\":\\d{16},.*'",
        "UNIXNANO, json, '.*\"time\":\\d{19},.*'",
        "'\"\"', json, '\\{\"level\":\"info\",\"module\".*'",
        "15:04, json, '.*\"time\":\"\\d\\d:\\d\\d\",.*'",
    })
    void time_everyForm_isWritten(String time, String format, String pattern) throws Exception {
        start("log.time=" + time, "log.format=" + format).info("x");

        assertThat(lines()).singleElement().asString().matches(pattern);
    }

    @Test
    @Proves("S-162")
    void output_fileWithPath_isRelativeToTheConfiguration() throws Exception {
        start("log.output=file:sub 100%/o.log").info("x");

        assertThat(folder.resolve("sub 100%").resolve("o.log")).content().endsWith("INF [rtsp] x\n");
    }

    @Test
    void output_alias_isTaken() throws Exception {
        LogConfig config = new ConfigLoader(folder, Map.of())
                .load(List.of("{log: {out: stderr}}"))
                .config()
                .log();

        assertThat(config.output()).isEqualTo(new LogOutput.Stderr());
    }

    @ParameterizedTest
    @ValueSource(strings = {"stdout", "stderr", "file:blocked/x.log"})
    @Proves("S-204")
    void output_consoleOrFileThatCantBeWritten_goesToTheConsole(String output) throws Exception {
        Files.writeString(folder.resolve("blocked"), "a file where a folder should be");
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        PrintStream capture = new PrintStream(written, true, UTF_8);
        try {
            System.setOut(output.equals("stderr") ? out : capture);
            System.setErr(output.equals("stderr") ? capture : err);
            start("log.output=" + output, "log.format=text").info("here");
        } finally {
            System.setOut(out);
            System.setErr(err);
        }

        assertThat(written.toString(UTF_8)).contains("INF [rtsp] here");
        assertThat(written.toString(UTF_8).contains("WRN log.output: the file can't be written"))
                .isEqualTo(output.startsWith("file"));
    }

    @Test
    void output_nowhere_writesNothing() throws Exception {
        start("log.output=\"\"").info("x");

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void file_thatIsFull_isPutAside() throws Exception {
        Path log = folder.resolve("100% full.log");
        for (int i = 0; i < 5; i++) {
            Files.writeString(log, "x".repeat(100));
            LogFileRollover rollover = new LogFileRollover(log, 1, 3);
            rollover.rollover();
        }
        Files.writeString(log, "new");
        new LogFileRollover(log, 1, 3).rollover();

        assertThat(folder.resolve("100% full.log.1")).hasContent("new");
        assertThat(folder.resolve("100% full.log.3")).hasSize(100);
        assertThat(folder.resolve("100% full.log.4")).doesNotExist();
        assertThat(log).doesNotExist();
    }

    @Test
    void file_beyondItsBound_isRolledWhileLogging() throws Exception {
        Files.writeString(folder.resolve("go2rtc.log"), "x".repeat((int) Logs.MAX_FILE_BYTES));
        Logger rtsp = start();
        rtsp.info("more");

        assertThat(folder.resolve("go2rtc.log.1")).exists();
        assertThat(Files.size(folder.resolve("go2rtc.log"))).isLessThan(100);
    }

    @Test
    void reset_bySomebodyElse_changesNothing() throws Exception {
        Logger rtsp = start("log.level=debug");
        context.reset();
        Configurator configurator =
                ServiceLoader.load(Configurator.class).findFirst().orElseThrow();
        assertThat(configurator).isInstanceOf(LogsConfigurator.class);
        assertThat(configurator.configure(context)).isEqualTo(Configurator.ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);
        rtsp.debug("still");

        assertThat(lines()).singleElement().asString().endsWith("DBG [rtsp] still");
    }

    @Test
    void configurator_freshContext_hasTheDefaults() {
        new LogsConfigurator().configure(context);

        assertThat(Logs.isStarted(context)).isTrue();
        assertThat(context.getLogger("api").isInfoEnabled()).isTrue();
        assertThat(context.getLogger("api").isDebugEnabled()).isFalse();
        assertThat(context.getLogger("io.netty.x").isInfoEnabled()).isFalse();
        assertThat(LogConfig.defaults())
                .isEqualTo(new LogConfig(
                        LogLevel.INFO, Map.of(), LogFormat.AUTO, new LogOutput.Stdout(), LogTime.Unix.MILLIS));
    }

    @Test
    void levels_changeWhileItRuns_andNothingElseDoes() throws Exception {
        Logger rtsp = start();
        LogConfig other = new ConfigLoader(folder, Map.of())
                .load(List.of("log.rtsp=debug", "log.format=json", "log.output=stdout"))
                .config()
                .log();
        rtsp.debug("before");
        Logs.levels(context, other);
        rtsp.debug("after");
        context.getLogger("webrtc").debug("not this");
        assertThat(lines()).singleElement().asString().endsWith("DBG [rtsp] after");
        context.reset(); // As Micronaut does.
        rtsp.debug("still");
        assertThat(lines()).hasSize(2);
    }

    @Test
    void queued_linesBeforeTheEnd_areWritten() throws Exception {
        LoadedConfig config = new ConfigLoader(folder, Map.of()).load(List.of("log.output=file"));
        Drops lost = new Drops();
        Logs.start(context, config.config().log(), redactions, config.folder(), Optional.of(lost));
        for (int i = 0; i < 50; i++) {
            context.getLogger("rtsp").info("line {}", i);
        }
        context.stop();

        assertThat(lines()).hasSize(50).last().asString().endsWith("INF [rtsp] line 49");
        assertThat(lost.snapshot()).isEmpty();
    }
}
