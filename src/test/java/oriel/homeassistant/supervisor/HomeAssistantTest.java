package oriel.homeassistant.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import oriel.access.HomeUser;
import oriel.access.UserDirectoryException;
import oriel.base.JsonNumber;
import oriel.base.Seams;
import oriel.base.Secret;
import oriel.config.SupervisorConfig;
import oriel.testing.homeassistant.FakeAnswer;
import oriel.testing.homeassistant.FakeHomeAssistant;
import oriel.testing.homeassistant.FakeUser;

@Timeout(60)
class HomeAssistantTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final LogLines log = LogLines.of("hass");
    private FakeHomeAssistant fake;
    private HomeAssistant home;

    @BeforeEach
    void start() throws IOException {
        fake = FakeHomeAssistant.start();
        home = with(FakeHomeAssistant.TOKEN);
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        home.close();
        threads.shutdownNow();
        assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        fake.close();
        log.close();
        assertThat(log.lines().toString()).doesNotContain(FakeHomeAssistant.TOKEN);
    }

    private HomeAssistant with(String token) {
        URI url = URI.create("http://127.0.0.1:" + fake.port());
        return new HomeAssistant(Optional.of(new SupervisorConfig(url, Secret.of(token))), Seams.system(), threads);
    }

    private static <T> T await(Optional<Enquiry<T>> enquiry) throws InterruptedException {
        BlockingQueue<T> told = new ArrayBlockingQueue<>(16);
        enquiry.orElseThrow().onChange(known -> known.ifPresent(told::offer));
        T known = told.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(known).isNotNull();
        return known;
    }

    @Test
    void ownInfoAndCore_areTold() throws Exception {
        fake.self("ingress_port", JsonNumber.of(62001));
        home.start();

        OwnInfo self = await(home.self());
        assertThat(self.ingressPort()).hasValue(62001);
        assertThat(self.hostname()).isEqualTo("local-oriel");
        assertThat(self.version()).isEqualTo("0.1.0");
        assertThat(self.latestVersion()).isEqualTo("0.2.0");
        CoreInfo core = await(home.core());
        assertThat(core.version()).isEqualTo("2026.11.0");
        assertThat(core.running()).isTrue();
        assertThat(core.internalUrl()).contains(URI.create("http://homeassistant.local:8123"));
    }

    @Test
    void broker_isFoundWhenThereIsOne_andItsAbsenceIsNoWarning() throws Exception {
        home.start();
        fake.awaitAsked("GET /services/mqtt");
        fake.mqtt("core-mosquitto", 1883, "addons", "broker-word");
        home.mqtt().orElseThrow().askNow();

        MqttService broker = await(home.mqtt());
        assertThat(broker.host()).isEqualTo("core-mosquitto");
        assertThat(broker.port()).isEqualTo(1883);
        assertThat(broker.username()).contains("addons");
        assertThat(broker.password()).contains(Secret.of("broker-word"));
        assertThat(broker.toString()).doesNotContain("broker-word");
        assertThat(log.lines()).noneMatch(line -> line.startsWith("WARN"));
    }

    @Test
    void users_areReadWithTheirGroups() throws Exception {
        fake.user(FakeUser.admin("berta"));
        fake.user(FakeUser.user("carl"));
        fake.user(new FakeUser("f00d", "", "Supervisor", false, "system-admin", false));

        List<HomeUser> users = home.users().read(PATIENCE);

        assertThat(users)
                .containsExactly(
                        new HomeUser(FakeUser.id("anna"), Optional.of("anna"), "anna", HomeUser.Group.OWNER, true),
                        new HomeUser(
                                FakeUser.id("berta"),
                                Optional.of("berta"),
                                "berta",
                                HomeUser.Group.ADMINISTRATOR,
                                true),
                        new HomeUser(FakeUser.id("carl"), Optional.of("carl"), "carl", HomeUser.Group.OTHER, true),
                        new HomeUser("f00d", Optional.empty(), "Supervisor", HomeUser.Group.ADMINISTRATOR, false));
    }

    static Stream<FakeAnswer> badUserLists() {
        return Stream.of(
                FakeAnswer.json(
                        "{\"id\":1,\"type\":\"result\",\"success\":false,\"error\":{\"code\":\"unauthorized\"}}"),
                FakeAnswer.json("{\"id\":1,\"type\":\"result\",\"success\":true}"),
                FakeAnswer.json("{\"id\":1,\"type\":\"result\",\"success\":true,\"result\":{}}"),
                FakeAnswer.json("{\"id\":1,\"type\":\"result\",\"success\":true,\"result\":[1]}"),
                FakeAnswer.json("[]"),
                FakeAnswer.json("{"),
                new FakeAnswer.Endless(),
                new FakeAnswer.Hangup());
    }

    @ParameterizedTest
    @MethodSource("badUserLists")
    void users_badAnswer_isAnExceptionInWords(FakeAnswer bad) {
        fake.answer("config/auth/list", bad);
        assertThatThrownBy(() -> home.users().read(PATIENCE))
                .isInstanceOf(UserDirectoryException.class)
                .hasMessageStartingWith("Home Assistant Core ")
                .hasMessageNotContaining(FakeHomeAssistant.TOKEN);
    }

    @Test
    void users_silentCore_orOneThatDoesNotKnowUs_orIsAway() throws Exception {
        fake.answer("config/auth/list", new FakeAnswer.Silence());
        assertThatThrownBy(() -> home.users().read(Duration.ofMillis(300))).hasMessageContaining("too long");
        try (HomeAssistant stranger = with("wrong")) {
            assertThatThrownBy(() -> stranger.users().read(PATIENCE)).hasMessageContaining("does not accept");
        }
        fake.stopCore();
        assertThatThrownBy(() -> home.users().read(PATIENCE)).hasMessageContaining("does not answer");
    }

    @Test
    void templates_areFilledIn_andTroubleIsSaidOnceWithoutTheirText() throws Exception {
        fake.template("rtsp://{{ states('input_text.ip') }}/a", "rtsp://192.0.2.1/a");
        assertThat(home.render("rtsp://{{ states('input_text.ip') }}/a")).contains("rtsp://192.0.2.1/a");

        assertThat(home.render("{{ secret")).isEmpty();
        assertThat(home.render("rtsp://{{ states('input_text.ip') }}/a")).isPresent();
        assertThat(home.render("{{ secret")).isEmpty();
        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("WARN a camera's template: ")
                .doesNotContain("secret");

        fake.answer("/core/api/template", new FakeAnswer.Reply(200, "text/plain", "x".repeat(70_000)));
        assertThat(home.render("rtsp://{{ states('input_text.ip') }}/a")).isEmpty();
    }

    static Stream<FakeAnswer> badAnswers() {
        return Stream.of(
                FakeAnswer.status(403),
                FakeAnswer.status(500),
                FakeAnswer.status(418),
                FakeAnswer.json("{\"result\":\"error\",\"message\":\"secret words\"}"),
                FakeAnswer.json("{\"result\":\"ok\"}"),
                FakeAnswer.json("[]"),
                FakeAnswer.json("{\"result\":"),
                new FakeAnswer.Endless(),
                new FakeAnswer.Hangup(),
                new FakeAnswer.Redirect("http://192.0.2.1/addons/self/info"),
                new FakeAnswer.Raw("nonsense\r\n\r\n"));
    }

    @ParameterizedTest
    @MethodSource("badAnswers")
    void badAnswers_areSaidOnce_andTheTruthIsFoundLater(FakeAnswer bad) throws Exception {
        fake.answer("/addons/self/info", bad);
        home.start();
        log.await(line -> line.startsWith("WARN own info: "));
        int before = fake.count("GET /addons/self/info");
        home.self().orElseThrow().askNow();
        fake.awaitAsked("GET /addons/self/info", before + 1);
        assertThat(home.self().orElseThrow().known()).isEmpty();

        fake.answerAgain("/addons/self/info");
        home.self().orElseThrow().askNow();
        assertThat(await(home.self()).slug()).isEqualTo("local_oriel");
        assertThat(log.lines())
                .filteredOn(line -> line.startsWith("WARN own info: "))
                .singleElement()
                .asString()
                .doesNotContain("secret");
    }

    @Test
    void withoutSupervisor_nothingIsKnown_andNobodyAsked() throws Exception {
        try (HomeAssistant alone = new HomeAssistant(Optional.empty(), Seams.system(), threads)) {
            alone.start();
            alone.listening(1984);
            assertThat(alone.supervised()).isFalse();
            assertThat(alone.self()).isEmpty();
            assertThat(alone.render("{{ 1 }}")).isEmpty();
            assertThat(alone.integration()).isEqualTo(IntegrationStatus.UNKNOWN);
            assertThatThrownBy(() -> alone.users().read(PATIENCE)).isInstanceOf(UserDirectoryException.class);
        }
        assertThat(fake.asked()).isEmpty();
    }
}
