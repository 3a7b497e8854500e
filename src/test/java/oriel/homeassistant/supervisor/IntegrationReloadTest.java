package oriel.homeassistant.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Clock;
import oriel.base.Seams;
import oriel.base.Secret;
import oriel.config.SupervisorConfig;
import oriel.homeassistant.supervisor.IntegrationStatus.State;
import oriel.testing.VirtualClock;
import oriel.testing.homeassistant.FakeAnswer;
import oriel.testing.homeassistant.FakeHomeAssistant;

/** The server that Core looks for is a second fake, or nobody; its port stands for ours. */
@Timeout(60)
class IntegrationReloadTest {
    private static final String RELOAD = "POST /core/api/config/config_entries/entry/01GO2RTCENTRY/reload";

    private final VirtualClock clock = new VirtualClock();
    private final LogLines log = LogLines.of("hass");
    private FakeHomeAssistant fake;
    private FakeHomeAssistant oriel;
    private SupervisorClient client;
    private IntegrationReload reload;

    @BeforeEach
    void start() throws IOException {
        fake = FakeHomeAssistant.start();
        oriel = FakeHomeAssistant.start();
        Seams seams = new Seams(
                clock,
                RandomGenerator.getDefault(),
                host -> List.of(InetAddress.getByName(host.equals("cams") ? "192.0.2.1" : host)));
        client = new SupervisorClient(
                new SupervisorConfig(URI.create("http://127.0.0.1:" + fake.port()), Secret.of(FakeHomeAssistant.TOKEN)),
                Clock.system());
        OwnInfo self =
                new OwnInfo("local_oriel", "local-oriel", "1", "1", OptionalInt.empty(), Optional.of("172.30.32.1"));
        reload = new IntegrationReload(client, seams, () -> Optional.of(self), oriel.port());
        respond("1.99.0+oriel.0.1.0");
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        fake.close();
        oriel.close();
        log.close();
    }

    private void respond(String version) {
        oriel.answer("/api", FakeAnswer.json("{\"version\":\"" + version + "\"}"));
        oriel.answer("/api/schemes", FakeAnswer.json("[\"rtsp\",\"ffmpeg\"]"));
        oriel.answer("/api/preload", FakeAnswer.json("{}"));
    }

    private void refuse() {
        oriel.answer("/api", FakeAnswer.status(503));
    }

    private String us() {
        return "http://127.0.0.1:" + oriel.port();
    }

    @Test
    void failedBeforeWeCame_isLoadedOnceMore() throws Exception {
        refuse();
        fake.go2rtc(us(), "camera.a", "camera.b");
        assertThat(fake.startCore()).isEqualTo("setup_error");
        respond("1.99.0+oriel.0.1.0");

        assertThat(reload.check().state()).isEqualTo(State.WELL);
        assertThat(reload.status().reloadAsked()).contains(clock.now());
        assertThat(fake.entryState()).isEqualTo("loaded");
        assertThat(oriel.asked()).endsWith("GET /api", "GET /api/schemes", "GET /api/preload", "GET /api/preload");
        assertThat(reload.check().state()).isEqualTo(State.WELL);
        assertThat(fake.count(RELOAD)).isOne();
        assertThat(log.lines()).hasSize(2).first().asString().contains("load its go2rtc integration once more");
    }

    @Test
    void failsAgain_isNotAskedAgain_untilCoreHasStartedAnew() throws Exception {
        refuse();
        fake.go2rtc(us());
        fake.startCore();
        assertThat(reload.check().state()).isEqualTo(State.FAILED);
        clock.advance(Duration.ofMinutes(10));
        assertThat(reload.check().state()).isEqualTo(State.FAILED);
        assertThat(fake.count(RELOAD)).isOne();

        fake.stopCore();
        assertThatThrownBy(() -> reload.check()).isInstanceOf(HomeAssistantException.class);
        fake.startCore();
        respond("1.99.0+oriel.0.1.0");
        assertThat(reload.check().state()).isEqualTo(State.WELL);
        assertThat(fake.count(RELOAD)).isEqualTo(2);
    }

    @Test
    void coreThatComesAndGoes_isAskedOnceIn5Minutes() throws Exception {
        refuse();
        fake.go2rtc(us());
        for (int i = 0; i < 3; i++) {
            fake.startCore();
            reload.check();
            fake.stopCore();
            assertThatThrownBy(() -> reload.check()).isInstanceOf(HomeAssistantException.class);
        }
        assertThat(fake.count(RELOAD)).isOne();
    }

    @Test
    void noIntegration_orOneThatIsWell_orThatCoreTriesItself_isLeftAlone() throws Exception {
        assertThat(reload.check().state()).isEqualTo(State.NONE);
        fake.go2rtc(us());
        fake.startCore();
        assertThat(reload.check().state()).isEqualTo(State.WELL);
        respond("2.0.0");
        assertThat(fake.startCore()).isEqualTo("setup_retry");
        assertThat(reload.check().state()).isEqualTo(State.WELL);
        assertThat(fake.count(RELOAD)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:1/", "http://cams:PORT", "https://127.0.0.1/"})
    void anotherServer_isLeftAlone(String url) throws Exception {
        refuse();
        fake.go2rtc(url.replace("PORT", Integer.toString(oriel.port())));
        fake.startCore();
        assertThat(reload.check().state()).isEqualTo(State.FAILED_ELSEWHERE);
        assertThat(fake.count(RELOAD)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"http://localhost:PORT/base/", "http://user:word@[::1]:PORT", "http://local-oriel:PORT"})
    void namesOfOurs_areUs_andLoginsAreNotLogged(String url) throws Exception {
        refuse();
        fake.go2rtc(url.replace("PORT", Integer.toString(oriel.port())));
        fake.startCore();
        reload.check();
        assertThat(fake.count(RELOAD)).isOne();
        assertThat(log.lines().toString()).doesNotContain("word");
    }

    @Test
    void coreThatKeepsItsLogToItself_isAskedAllTheSame() throws Exception {
        refuse();
        fake.go2rtc(us());
        fake.answer(
                "system_log/list",
                FakeAnswer.json(
                        "{\"id\":1,\"type\":\"result\",\"success\":false,\"error\":{\"code\":\"unauthorized\"}}"));
        fake.answer(
                "/core/api/config/config_entries/entry",
                FakeAnswer.json("[{\"entry_id\":\"01GO2RTCENTRY\",\"domain\":\"go2rtc\",\"state\":\"setup_error\"}]"));
        reload.check();
        assertThat(fake.count("POST /core/api/config/config_entries/entry/01GO2RTCENTRY/reload"))
                .isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[{\"entry_id\":\"../../x\",\"domain\":\"go2rtc\",\"state\":\"setup_error\",\"reason\":\"go2rtc instance on http://127.0.0.1:PORT\"}]",
                "[{\"entry_id\":\"a\",\"domain\":\"go2rtc\",\"state\":\"setup_error\",\"disabled_by\":\"user\"}]",
                "[{\"entry_id\":\"a\",\"domain\":\"hue\",\"state\":\"setup_error\"},7]",
            })
    void oddEntries_areNeverReloaded(String entries) {
        fake.answer(
                "/core/api/config/config_entries/entry",
                FakeAnswer.json(entries.replace("PORT", Integer.toString(oriel.port()))));
        try {
            reload.check();
        } catch (HomeAssistantException e) {
            assertThat(e.reason()).isEqualTo(HomeAssistantException.Reason.BROKEN);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(fake.asked()).noneMatch(question -> question.startsWith("POST"));
    }

    @Test
    void refusedReload_isSaid() throws Exception {
        refuse();
        fake.go2rtc(us());
        fake.startCore();
        fake.answer("/core/api/config/config_entries/entry/01GO2RTCENTRY/reload", FakeAnswer.status(404));
        assertThat(reload.check().state()).isEqualTo(State.FAILED);
        assertThat(log.lines()).last().asString().startsWith("WARN").contains("restart Home Assistant");
    }
}
