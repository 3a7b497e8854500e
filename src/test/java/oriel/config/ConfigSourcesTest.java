package oriel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigSourcesTest extends ConfigFixture {
    @Test
    void load_noArguments_takesYamlElseYml() throws Exception {
        Files.writeString(folder.resolve("go2rtc.yml"), "api: {listen: ':2'}");
        assertThat(load().file()).contains(folder.resolve("go2rtc.yml"));
        assertThat(load().config().api().listen().orElseThrow().port()).isEqualTo(2);

        Files.writeString(folder.resolve("go2rtc.yaml"), "api: {listen: ':1'}");
        assertThat(load().file()).contains(folder.resolve("go2rtc.yaml"));
        assertThat(load().config().api().listen().orElseThrow().port()).isEqualTo(1);
    }

    @Test
    void load_missingFile_isOneInfoLine() throws Exception {
        LoadedConfig config = load();

        assertThat(config.config()).isEqualTo(DEFAULTS);
        assertThat(config.file()).contains(folder.resolve("go2rtc.yaml"));
        assertThat(notes(config))
                .containsExactly("INF no file " + folder.resolve("go2rtc.yaml") + ", starting without it");
        assertThat(notes(load("-nowhere-/x.yaml"))).singleElement().asString().startsWith("INF no file ");
    }

    @Test
    void load_severalArguments_laterWinsPerKeyAndFirstFileIsWritable() throws Exception {
        Path sub = Files.createDirectory(folder.resolve("sub"));
        Files.writeString(
                sub.resolve("first.yaml"),
                "api: {listen: ':1', base_path: /a}\nstreams: {a: rtsp://h/1, b: [rtsp://h/2]}\nlog: {level: warn}\n");
        Files.writeString(
                folder.resolve("second.yaml"), "api:\n  listen: ':2'\nstreams:\n  b:\n  c: rtsp://h/3\nlog:\n");

        LoadedConfig loaded = load(
                "{log: {level: error}}",
                "sub/first.yaml",
                "second.yaml",
                "{\"webrtc\": {\"listen\": \"\"}}",
                "api.listen=:3",
                "log.rtsp=trace",
                "streams.camera.front=rtsp://h/4?a=b#x",
                "webrtc.candidates=[h:1, 'h:2']",
                "");
        GatewayConfig config = loaded.config();

        assertThat(loaded.file()).contains(sub.resolve("first.yaml"));
        assertThat(loaded.folder()).isEqualTo(sub);
        assertThat(loaded.dataFolder()).isEqualTo(sub);
        assertThat(config.api().listen()).contains(new Listen("", 3, Transport.TCP));
        assertThat(config.api().basePath()).isEqualTo("/a");
        assertThat(config.log().level()).isEqualTo(LogLevel.WARN);
        assertThat(config.log().modules()).containsEntry("rtsp", LogLevel.TRACE);
        assertThat(config.webrtc().listen()).isEmpty();
        assertThat(config.webrtc().candidates()).hasSize(2);
        assertThat(config.streams().keySet()).containsExactly("a", "b", "c", "camera.front");
        assertThat(sources(config.streams(), "b")).isEmpty();
        assertThat(sources(config.streams(), "camera.front")).containsExactly("rtsp://h/4?a=b#x");
        assertThat(loaded.streamPlaces())
                .containsEntry("a", new Place("first.yaml", 2))
                .containsEntry("b", new Place("second.yaml", 4))
                .containsEntry("c", new Place("second.yaml", 5))
                .containsEntry("camera.front", new Place("argument 7", 1));
    }

    @Test
    void load_inlineOnly_hasNoFileToWrite() throws Exception {
        LoadedConfig config = load("{streams: {a: b}}");

        assertThat(config.file()).isEmpty();
        assertThat(config.folder()).isEqualTo(folder);
        assertThat(config.config().streams()).containsKey("a");
    }

    @Test
    void load_brokenArgument_namesIt() {
        assertThat(failure("{a: [").lines()).singleElement().asString().startsWith("argument 1:1: this is not YAML");
        assertThat(failure("{}", "log.level=loud").lines())
                .containsExactly(
                        "argument 2:1: log.level: \"loud\" is no level: trace, debug, info, warn, error, fatal or"
                                + " disabled.");
        assertThat(failure("a\0b").lines()).singleElement().asString().startsWith("argument 1: is neither a file");
    }

    @Test
    void dataFolder_keyThenEnvironmentThenBesideTheFile() throws Exception {
        assertThat(load("{}").dataFolder()).isEqualTo(folder);
        environment.put("ORIEL_DATA", "/data");
        assertThat(load("{}").dataFolder()).isEqualTo(Path.of("/data"));
        environment.put("ORIEL_DATA", "here");
        assertThat(load("{}").dataFolder()).isEqualTo(folder.resolve("here"));
        assertThat(load("oriel.data=there").dataFolder()).isEqualTo(folder.resolve("there"));
    }
}
