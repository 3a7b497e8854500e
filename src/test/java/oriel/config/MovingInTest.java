package oriel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import oriel.testing.Proves;

class MovingInTest extends ConfigFixture {
    private static final String THEIRS = "# mine since 2021\nstreams: {door: \"rtsp://u:hunter2@192.0.2.1/a\"}\n";

    private Path home = Path.of("");
    private Path own = Path.of("");

    @BeforeEach
    void prepare() throws IOException {
        home = Files.createDirectory(folder.resolve("homeassistant"));
        own = folder.resolve("own.yaml");
    }

    private LoadedConfig load() throws ConfigException {
        return places().load();
    }

    private ConfigPlaces places() {
        return new ConfigPlaces(
                new ConfigLoader(folder, environment), List.of("own.yaml", "hass.config=" + home, "log.level=debug"));
    }

    private MovingIn moving() throws ConfigException {
        ConfigPlaces places = places();
        ConfigReload reload = new ConfigReload(places, places.load(), loaded -> ReloadReport.NOTHING);
        return new MovingIn(reload, new ConfigReviewer((source, isStream) -> Optional.empty(), places::hasVariable));
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return contents;
    }

    @Test
    @Proves("S-034")
    void theirFile_isReadWhileWeHaveNone_belowAllThatIsOurs() throws Exception {
        Files.writeString(home.resolve("go2rtc.yaml"), THEIRS + "log: {level: warn, rtsp: trace}\n");
        LoadedConfig loaded = load();
        assertThat(loaded.home()).contains(new HomeFile(home.resolve("go2rtc.yaml"), true));
        assertThat(loaded.file()).contains(own);
        assertThat(sources(loaded.config().streams(), "door")).containsExactly("rtsp://u:hunter2@192.0.2.1/a");
        assertThat(loaded.config().log().level()).isEqualTo(LogLevel.DEBUG);
        assertThat(loaded.config().log().modules()).containsEntry("rtsp", LogLevel.TRACE);
        assertThat(loaded.streamPlaces())
                .containsEntry("door", new Place(home.resolve("go2rtc.yaml").toString(), 2));
        assertThat(loaded.redactions().text("hunter2")).isNotEqualTo("hunter2");
        assertThat(notes(loaded)).anyMatch(note -> note.startsWith("INF no file of our own"));
    }

    @Test
    void ourFile_winsAlone() throws Exception {
        Files.writeString(home.resolve("go2rtc.yaml"), THEIRS);
        Files.writeString(own, "");
        LoadedConfig loaded = load();
        assertThat(loaded.config().streams()).isEmpty();
        assertThat(loaded.home()).contains(new HomeFile(home.resolve("go2rtc.yaml"), false));
    }

    @Test
    void theirMistake_doesNotKeepUsFromStarting() throws Exception {
        Files.writeString(home.resolve("go2rtc.yaml"), "api: {listen: here}\n");
        LoadedConfig loaded = load();
        assertThat(loaded.home()).contains(new HomeFile(home.resolve("go2rtc.yaml"), false));
        assertThat(notes(loaded))
                .anyMatch(note -> note.startsWith("WRN ") && note.contains("go2rtc.yaml:1: api.listen"));
    }

    @Test
    void noFolder_orNothingInIt_isNoHomeFile() throws Exception {
        assertThat(load().home()).isEmpty();
        assertThat(new ConfigLoader(folder, environment)
                        .load(List.of("own.yaml"))
                        .home())
                .isEmpty();
        assertThat(moving().look()).isEmpty();
        assertThatThrownBy(() -> moving().adopt()).hasMessageContaining("no go2rtc.yaml");
    }

    @Test
    void theirFolderIsOurs_itsFileIsOurOwn() throws Exception {
        Files.writeString(folder.resolve("own.yaml"), THEIRS);
        LoadedConfig loaded = new ConfigLoader(folder, environment).load(List.of("own.yaml", "hass.config=" + folder));
        assertThat(loaded.home()).isEmpty();
    }

    @Test
    void look_tellsTheTable_andThatItCanBeCopied() throws Exception {
        Files.writeString(home.resolve("go2rtc.yml"), THEIRS);
        MovingIn.Found found = moving().look().orElseThrow();
        assertThat(found.home()).isEqualTo(new HomeFile(home.resolve("go2rtc.yml"), true));
        assertThat(found.obstacle()).isEmpty();
        assertThat(found.review().rows()).extracting(ConfigReview.Row::key).containsExactly("streams.door");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void adopt_copiesTheirFileAsItIs_forItsOwnerAlone_andLeavesTheirFolderAlone() throws Exception {
        Files.writeString(home.resolve("go2rtc.yaml"), THEIRS);
        MovingIn moving = moving();
        moving.adopt();
        assertThat(contents()).isEqualTo(Map.of("homeassistant/go2rtc.yaml", THEIRS, "own.yaml", THEIRS));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
                .isEqualTo("rw-------");
        LoadedConfig loaded = load();
        assertThat(loaded.home().orElseThrow().used()).isFalse();
        assertThat(loaded.config().streams()).containsKey("door");
        assertThat(moving.look().orElseThrow().obstacle()).isPresent();
    }

    @Test
    void adopt_neverWritesOverAFile_alsoNotOneThatCameAMomentAgo() throws Exception {
        Files.writeString(home.resolve("go2rtc.yaml"), THEIRS);
        MovingIn moving = moving();
        Files.writeString(own, "# precious");
        assertThatThrownBy(moving::adopt)
                .isInstanceOfSatisfying(
                        MovingException.class, e -> assertThat(e.reason()).isEqualTo(MovingException.Reason.TAKEN));
        assertThat(contents()).isEqualTo(Map.of("homeassistant/go2rtc.yaml", THEIRS, "own.yaml", "# precious"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void adopt_doesNotFollowALinkThatLeadsNowhere() throws Exception {
        Files.writeString(home.resolve("go2rtc.yaml"), THEIRS);
        MovingIn moving = moving();
        Files.createSymbolicLink(own, folder.resolve("elsewhere.yaml"));
        assertThatThrownBy(moving::adopt)
                .isInstanceOfSatisfying(
                        MovingException.class, e -> assertThat(e.reason()).isEqualTo(MovingException.Reason.TAKEN));
        assertThat(folder.resolve("elsewhere.yaml")).doesNotExist();
    }

    @Test
    void adopt_ofAMistake_writesNothing() throws Exception {
        Files.writeString(home.resolve("go2rtc.yaml"), "api: {listen: here}\n");
        MovingIn moving = moving();
        assertThatThrownBy(moving::adopt)
                .isInstanceOfSatisfying(
                        MovingException.class, e -> assertThat(e.reason()).isEqualTo(MovingException.Reason.MISTAKE));
        assertThat(own).doesNotExist();
    }

    @Test
    void adopt_intoAFolderThatIsNotThere_saysSo() throws Exception {
        Files.writeString(home.resolve("go2rtc.yaml"), THEIRS);
        ConfigPlaces places = new ConfigPlaces(
                new ConfigLoader(folder, environment), List.of("none/own.yaml", "hass.config=" + home));
        ConfigReload reload = new ConfigReload(places, places.load(), loaded -> ReloadReport.NOTHING);
        MovingIn moving =
                new MovingIn(reload, new ConfigReviewer((source, isStream) -> Optional.empty(), name -> false));
        assertThatThrownBy(moving::adopt)
                .isInstanceOfSatisfying(
                        MovingException.class, e -> assertThat(e.reason()).isEqualTo(MovingException.Reason.DISK));
    }
}
