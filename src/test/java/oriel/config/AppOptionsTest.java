package oriel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the Supervisor gives an app: options, a token, an address. */
class AppOptionsTest extends ConfigFixture {
    private void options(String json) throws Exception {
        Files.writeString(folder.resolve("options.json"), json);
        environment.put("ORIEL_OPTIONS", "options.json");
    }

    @Test
    void options_winOverTheFileAndTheCommandLine_keyByKey() throws Exception {
        options("{\"demo\":\"off\",\"hosts\":[\"cams.example.org\"],\"access\":null}");
        Files.writeString(
                folder.resolve("go2rtc.yaml"),
                "streams: {door: rtsp://h/a}\noriel: {demo: auto, data: kept, hosts: [old.example.org]}\n");

        GatewayConfig config = load("go2rtc.yaml", "oriel.demo=auto").config();

        assertThat(config.oriel().demo()).isFalse();
        assertThat(config.oriel().hosts()).containsExactly("cams.example.org");
        assertThat(config.oriel().data()).isEqualTo("kept");
        assertThat(config.streams()).containsOnlyKeys("door");
    }

    @Test
    void options_ofAllKinds_standForThemselves() throws Exception {
        options(
                "{\"demo\":false,\"data\":\"${NAME} null\",\"mqtt\":{\"host\":\"h\",\"port\":8884,\"tls\":true,\"username\":\"anna\",\"password\":\"options-word\"},\"probe\":{\"interval\":\"90s\",\"off\":[\"shed\"]}}");
        LoadedConfig loaded = load();

        MqttConfig mqtt = loaded.config().oriel().mqtt();
        assertThat(mqtt.host()).isEqualTo("h");
        assertThat(mqtt.port()).isEqualTo(8884);
        assertThat(mqtt.tls()).isTrue();
        assertThat(mqtt.password().reveal()).isEqualTo("options-word");
        assertThat(loaded.config().oriel().probe()).isEqualTo(new ProbeConfig(Duration.ofSeconds(90), Set.of("shed")));

        assertThat(loaded.config().oriel().demo()).isFalse();
        assertThat(loaded.config().oriel().data()).isEqualTo("${NAME} null");
        assertThat(loaded.redactions().text("the options-word is said")).isEqualTo("the *** is said");
    }

    @Test
    void options_usersInRows_areUsersByName_besideTheFiles() throws Exception {
        options("""
                {"access": {"lan": "open"}, "users": [
                  {"name": "anna", "role": "viewer", "streams": ["front"], "password": "annas word"},
                  {"name": "ben"}]}
                """);
        Files.writeString(
                folder.resolve("go2rtc.yaml"), "oriel: {access: {lan: login, users: {carl: {role: operator}}}}\n");

        LoadedConfig loaded = load("go2rtc.yaml");

        AccessConfig access = loaded.config().oriel().access();
        assertThat(access.lan()).isEqualTo(LanAccess.OPEN);
        assertThat(access.users()).containsOnlyKeys("anna", "ben", "carl");
        assertThat(access.users().get("anna"))
                .returns(Optional.of(Set.of("front")), UserConfig::streams)
                .returns(UserRole.VIEWER, UserConfig::role);
        assertThat(access.users().get("ben")).returns(Optional.empty(), UserConfig::streams);
        assertThat(loaded.redactions().text("annas word is said")).isEqualTo("*** is said");
        assertThat(notes(loaded)).noneMatch(note -> note.contains("options.json"));
    }

    @Test
    void options_emptyForm_leavesTheFileAsItIs() throws Exception {
        options("{\"access\":{},\"users\":[]}");
        Files.writeString(
                folder.resolve("go2rtc.yaml"), "oriel: {access: {lan: open, users: {carl: {role: operator}}}}\n");

        AccessConfig access = load("go2rtc.yaml").config().oriel().access();

        assertThat(access.lan()).isEqualTo(LanAccess.OPEN);
        assertThat(access.users()).containsOnlyKeys("carl");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{\"role\":\"viewer\"}] | a user without a name",
                "[\"anna\"] | a user without a name",
                "[{\"name\":\"anna\"},{\"name\":\"anna\"}] | two users of the same name"
            })
    void options_usersThatAreNone_areAProblem(String users, String rule) throws Exception {
        options("{\"users\":" + users + "}");
        assertThat(failure().lines()).singleElement().asString().contains(rule);
    }

    @Test
    void options_thatNobodyKnows_areNamed() throws Exception {
        options("{\"dmeo\":\"off\"}");
        assertThat(notes(load())).contains("WRN options.json: oriel.dmeo is unknown and has no effect");
    }

    @Test
    void options_wrongValue_namesFileKeyAndRule() throws Exception {
        options("{\"demo\":\"perhaps\",\"hosts\":[\"a:80\"]}");
        assertThat(failure().lines())
                .anySatisfy(line ->
                        assertThat(line).startsWith("options.json: oriel.demo: \"perhaps\" is neither auto nor off"))
                .anySatisfy(
                        line -> assertThat(line).startsWith("options.json: oriel.hosts[0]: \"a:80\" is no host name"))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"a\":1,\"a\":2}", "\"word\"", "\u0000"})
    void options_thatAreNone_areAProblemOfTheFile(String text) throws Exception {
        options(text);
        assertThat(failure().lines())
                .singleElement()
                .asString()
                .startsWith("options.json: is not what the Supervisor writes: ");
    }

    @Test
    void options_tooLong_orAFolder_areAProblem() throws Exception {
        options("{\"data\":\"" + "x".repeat(1 << 20) + "\"}");
        assertThat(failure().lines()).singleElement().asString().contains("bytes, at most 1048576");
        Files.delete(folder.resolve("options.json"));
        Files.createDirectory(folder.resolve("options.json"));
        assertThat(failure().lines()).singleElement().asString().contains("options.json: can't be read");
    }

    @Test
    void options_named_andNotThere_isAWarning_notNamedIsNone() throws Exception {
        assertThat(notes(load())).noneMatch(note -> note.contains("options"));
        environment.put("ORIEL_OPTIONS", "nowhere.json");
        assertThat(notes(load())).anyMatch(note -> note.startsWith("WRN no file ") && note.contains("nowhere.json"));
    }

    @Test
    void supervisor_isFoundByItsToken_whichIsNeverShown() throws Exception {
        assertThat(load().supervisor()).isEmpty();
        environment.put("SUPERVISOR_TOKEN", "0123456789abcdef");
        LoadedConfig loaded = load();

        SupervisorConfig supervisor = loaded.supervisor().orElseThrow();
        assertThat(supervisor.url()).hasToString("http://supervisor");
        assertThat(supervisor.token().reveal()).isEqualTo("0123456789abcdef");
        assertThat(loaded.toString()).doesNotContain("0123456789abcdef");
        assertThat(loaded.redactions().text("Bearer 0123456789abcdef")).doesNotContain("0123456789abcdef");
        assertThat(loaded.dataFolder()).isEqualTo(Path.of("/data"));
        environment.put("ORIEL_DATA", "here");
        assertThat(load().dataFolder()).isEqualTo(folder.resolve("here"));
    }

    @ParameterizedTest
    @CsvSource({"http://127.0.0.1:8080, http://127.0.0.1:8080", "https://s/, https://s"})
    void supervisorUrl_isTaken(String text, String url) throws Exception {
        environment.put("SUPERVISOR_TOKEN", "0123456789abcdef");
        environment.put("SUPERVISOR_URL", text);
        assertThat(load().supervisor().orElseThrow().url()).hasToString(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"supervisor", "ftp://s", "http://", "http://u:p@s", "http://s/api", "http://s?a=b", "http://a b"
            })
    void supervisorUrl_thatIsNone_isNamed(String text) {
        environment.put("SUPERVISOR_TOKEN", "0123456789abcdef");
        environment.put("SUPERVISOR_URL", text);
        assertThat(failure().lines())
                .singleElement()
                .asString()
                .startsWith("environment: SUPERVISOR_URL: is no address");
    }

    @Test
    void token_thatIsNone_isNamed() {
        environment.put("SUPERVISOR_TOKEN", "two\r\nlines");
        assertThatThrownBy(() -> load()).isInstanceOf(ConfigException.class);
        assertThat(failure().lines())
                .isEqualTo(List.of("environment: SUPERVISOR_TOKEN: holds characters that no token has."));
    }
}
