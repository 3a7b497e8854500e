package oriel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ConfigReloadTest extends ConfigFixture {
    private final Logger logger = (Logger) LoggerFactory.getLogger("config");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final List<LoadedConfig> applied = new ArrayList<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void deafen() {
        logger.detachAppender(lines);
    }

    private List<String> told() {
        return lines.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private ConfigPlaces places(String... arguments) {
        return new ConfigPlaces(new ConfigLoader(folder, environment), List.of(arguments));
    }

    private ConfigReload reload(ConfigPlaces places) throws ConfigException {
        return new ConfigReload(places, places.load(), loaded -> {
            applied.add(loaded);
            return new ReloadReport(List.of("Added: x."), List.of("api.listen"));
        });
    }

    @Test
    void allPlaces_areReadAgain_inTheirOrder() throws Exception {
        write("a.yaml", "streams: {one: \"rtsp://192.0.2.1/a\"}");
        write("b.yaml", "streams: {two: \"rtsp://192.0.2.1/b\"}");
        ConfigReload reload = reload(places("a.yaml", "b.yaml", "streams.three=rtsp://192.0.2.1/c"));
        write("a.yaml", "streams: {one: \"rtsp://192.0.2.1/A\", two: \"rtsp://192.0.2.1/A\"}");
        assertThat(reload.reload().changes()).containsExactly("Added: x.");
        assertThat(applied).hasSize(1);
        var streams = applied.getFirst().config().streams();
        assertThat(sources(streams, "one")).containsExactly("rtsp://192.0.2.1/A");
        assertThat(sources(streams, "two")).containsExactly("rtsp://192.0.2.1/b");
        assertThat(sources(streams, "three")).containsExactly("rtsp://192.0.2.1/c");
        assertThat(told()).containsExactly("INFO read again. Added: x. Takes effect after a restart: api.listen.");
    }

    @Test
    void mistake_keepsTheOldOne_andIsOneWarningWithLineKeyValueAndRule() throws Exception {
        write("go2rtc.yaml", "streams: {one: \"rtsp://192.0.2.1/a\"}");
        ConfigReload reload = reload(places());
        LoadedConfig before = reload.current();
        write("go2rtc.yaml", "streams: {}\napi:\n  listen: \"1984\"\nlog: {level: loud}\n");
        ConfigException mistake = catchThrowableOfType(ConfigException.class, reload::reload);
        assertThat(mistake.lines()).hasSize(2);
        assertThat(applied).isEmpty();
        assertThat(reload.current()).isSameAs(before);
        assertThat(told())
                .singleElement()
                .asString()
                .startsWith("WARN ")
                .contains("go2rtc.yaml:3: api.listen: \"1984\" ");
        assertThat(told().getFirst()).endsWith("And 1 more.");
    }

    @Test
    void halfAFile_keepsTheOldOne() throws Exception {
        String whole = "streams:\n  one: \"rtsp://192.0.2.1/a\"\n  two: \"rtsp://192.0.2.1/b\"\n";
        write("go2rtc.yaml", whole);
        ConfigReload reload = reload(places());
        write("go2rtc.yaml", whole.substring(0, whole.length() - 4));
        assertThatThrownBy(reload::reload).isInstanceOf(ConfigException.class);
        write("go2rtc.yaml", whole);
        reload.reload();
        assertThat(applied).hasSize(1);
    }

    @Test
    void fileThatIsGone_keepsTheOldOne_butMayHaveAnotherName() throws Exception {
        write("go2rtc.yml", "streams: {one: \"rtsp://192.0.2.1/a\"}");
        ConfigReload reload = reload(places());
        Files.move(folder.resolve("go2rtc.yml"), folder.resolve("go2rtc.yaml"));
        reload.reload();
        assertThat(applied).hasSize(1);
        Files.delete(folder.resolve("go2rtc.yaml"));
        assertThatThrownBy(reload::reload)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("go2rtc.yaml: is gone");
        assertThat(applied).hasSize(1);
    }

    @Test
    void secretsOfTheNewOne_areMaskedBeforeAnythingIsSaidOfIt() throws Exception {
        write("go2rtc.yaml", "");
        ConfigReload reload = reload(places());
        assertThat(reload.redacted("a hunter2secret b")).contains("hunter2secret");
        write("go2rtc.yaml", "streams: {one: \"rtsp://u:hunter2secret@192.0.2.1/a\"}\nenv: {A: b}\n");
        reload.reload();
        assertThat(reload.redacted("a hunter2secret b")).doesNotContain("hunter2secret");
    }

    @Test
    void stamps_nameEveryFileThatWasLookedFor_alsoCredentialsAndTheAppsOptions_andAfterAMistake() throws Exception {
        Path credentials = Files.createDirectory(folder.resolve("credentials"));
        environment.put("CREDENTIALS_DIRECTORY", credentials.toString());
        environment.put("ORIEL_OPTIONS", folder.resolve("options.json").toString());
        write("options.json", "{}");
        write("go2rtc.yaml", "streams: {one: \"rtsp://u:${WORD}@192.0.2.1/a\"}");
        ConfigPlaces places = places();
        assertThatThrownBy(places::load).isInstanceOf(ConfigException.class);
        assertThat(places.stamps().keySet())
                .containsExactlyInAnyOrder(
                        folder.resolve("go2rtc.yaml"), folder.resolve("go2rtc.yml"),
                        folder.resolve("options.json"), credentials.resolve("WORD"));
        assertThat(places.stamps())
                .hasEntrySatisfying(
                        credentials.resolve("WORD"),
                        stamp -> assertThat(stamp.there()).isFalse());
        Files.writeString(credentials.resolve("WORD"), "hunter2");
        places.load();
        assertThat(places.stamps())
                .hasEntrySatisfying(
                        credentials.resolve("WORD"),
                        stamp -> assertThat(stamp.there()).isTrue());
    }

    @Test
    void renameOver_ofTheSameSizeAndTime_isAnotherStamp() throws Exception {
        write("a", "one");
        write("b", "two");
        Files.setLastModifiedTime(folder.resolve("b"), Files.getLastModifiedTime(folder.resolve("a")));
        FileStamp before = FileStamp.of(folder.resolve("a"));
        assertThat(FileStamp.of(folder.resolve("a"))).isEqualTo(before);
        Files.move(folder.resolve("b"), folder.resolve("a"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(FileStamp.of(folder.resolve("a"))).isNotEqualTo(before);
    }
}
