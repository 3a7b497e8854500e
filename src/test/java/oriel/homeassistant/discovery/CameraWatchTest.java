package oriel.homeassistant.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import oriel.base.Failure;
import oriel.base.JsonObject;
import oriel.stream.SourceState;

class CameraWatchTest {
    private static final Failure AWAY = new Failure.Timeout("10.0.0.9", Duration.ofSeconds(5));
    private static final Failure PASSWORD = new Failure.Unauthorized("admin");

    private final CameraWatch watch = new CameraWatch(UnaryOperator.identity());
    private final List<CameraEvent> events = new ArrayList<>();
    private CameraWatch.Around around = around(Optional.empty());

    private static CameraWatch.Around around(Optional<Probed> probed) {
        return new CameraWatch.Around(true, false, probed, Optional.empty());
    }

    private static Probed probed(String reason, Instant at) {
        return new Probed(
                Optional.of(reason).filter(text -> !text.isEmpty()),
                FakeDesk.START.minusSeconds(60),
                at,
                at.plusSeconds(60));
    }

    private JsonObject look(CameraReading reading, double seconds) {
        return watch.look(reading, around, (long) (seconds * 1e9), events).toJson();
    }

    private List<String> events() {
        List<String> all = events.stream().map(event -> event.json().toJson()).toList();
        events.clear();
        return all;
    }

    @Test
    void look_atACameraThatPlays_tellsTheWholeOfIt() {
        look(FakeDesk.live(0, 0, "v1"), 0);

        assertThat(look(FakeDesk.live(2_500_000, 251, "v1"), 10).toJson())
                .isEqualTo("{\"connectivity\":\"ON\",\"problem\":\"OFF\",\"reason\":null,"
                        + "\"since\":\"2026-01-01T00:00:00Z\",\"next_try\":null,\"source\":\"rtsp\",\"viewers\":1,"
                        + "\"bitrate\":2000,\"frame_rate\":25.1,\"resolution\":\"1920x1080\",\"codec\":\"H264, AAC\","
                        + "\"last_error\":null,\"running_since\":\"2026-01-01T00:00:00Z\",\"restarts\":0,"
                        + "\"enabled\":\"ON\",\"keep_alive\":\"OFF\",\"taken\":null}");
    }

    @Test
    void look_numbers_changeEveryTenSecondsOnly() {
        look(FakeDesk.live(0, 0, "v1"), 0);

        JsonObject early = look(FakeDesk.live(1_000_000, 100, "v1", "v2"), 9.9);
        assertThat(early.integer("viewers")).hasValue(1);
        assertThat(early.integer("bitrate")).hasValue(0);
        JsonObject then = look(FakeDesk.live(1_250_000, 100, "v1", "v2"), 10);
        assertThat(then.integer("viewers")).hasValue(2);
        assertThat(then.integer("bitrate")).hasValue(1000);
    }

    @Test
    void look_theFirstViewerAndTheLast_areToldAtOnce() {
        look(FakeDesk.live(0, 0), 0);

        assertThat(look(FakeDesk.live(0, 0, "v1"), 0.25).integer("viewers")).hasValue(1);
        assertThat(look(FakeDesk.live(0, 0), 0.5).integer("viewers")).hasValue(0);
        assertThat(events())
                .containsExactly(
                        "{\"event_type\":\"joined\",\"kind\":\"webrtc\",\"viewers\":1}",
                        "{\"event_type\":\"left\",\"kind\":\"webrtc\",\"viewers\":0}");
    }

    @Test
    void look_aCrowd_isToldByFewEvents() {
        look(FakeDesk.live(0, 0), 0);
        look(FakeDesk.live(0, 0, IntStream.range(0, 500).mapToObj(i -> "v" + i).toArray(String[]::new)), 1);

        assertThat(events()).hasSize(CameraWatch.MAX_EVENTS).last().asString().contains("\"viewers\":500");
    }

    @Test
    void look_theFirst_isNoEvent() {
        look(FakeDesk.live(0, 0, "v1"), 0);

        assertThat(events()).isEmpty();
    }

    @Test
    void look_aStreamThatIsLost_isToldOnce_andWhenItIsBack() {
        look(FakeDesk.live(0, 0), 0);
        JsonObject lost = look(FakeDesk.failing(SourceState.RETRYING, AWAY), 1);
        look(FakeDesk.failing(SourceState.CONNECTING, AWAY), 6);
        look(FakeDesk.failing(SourceState.RETRYING, AWAY), 7);
        JsonObject back = look(FakeDesk.live(0, 0), 12);

        assertThat(events())
                .containsExactly(
                        "{\"event_type\":\"lost\",\"reason\":\"" + AWAY.sentence() + "\"}",
                        "{\"event_type\":\"restored\"}");
        assertThat(lost.string("connectivity")).contains("OFF");
        assertThat(lost.string("problem")).contains("ON");
        assertThat(lost.string("reason")).contains(AWAY.sentence());
        assertThat(lost.string("next_try")).contains("2026-01-01T00:00:05Z");
        assertThat(back.string("problem")).contains("OFF");
        assertThat(back.string("reason")).isEmpty();
        assertThat(back.string("last_error")).contains(AWAY.sentence());
    }

    @Test
    void look_aStreamThatNobodyWantsAnyMore_isNotLost() {
        look(FakeDesk.live(0, 0), 0);
        JsonObject idle = look(FakeDesk.reading(SourceState.IDLE), 1);
        look(FakeDesk.live(0, 0), 2);

        assertThat(events()).isEmpty();
        assertThat(idle.string("connectivity")).contains("ON");
        assertThat(idle.string("running_since")).isEmpty();
    }

    @Test
    void look_aCameraThatRefusesThePassword_isThere_andAProblem() {
        JsonObject refused = look(FakeDesk.failing(SourceState.RETRYING, PASSWORD), 0);

        assertThat(refused.string("connectivity")).contains("ON");
        assertThat(refused.string("problem")).contains("ON");
        assertThat(refused.string("reason")).contains(PASSWORD.sentence());
    }

    @Test
    void look_aRestingCamera_isWhatTheProbeSays() {
        assertThat(look(FakeDesk.reading(SourceState.IDLE), 0)
                        .member("connectivity")
                        .orElseThrow()
                        .toJson())
                .isEqualTo("null");

        Instant later = FakeDesk.START.plusSeconds(60);
        around = around(Optional.of(probed("No answer.", later)));
        JsonObject away = look(FakeDesk.reading(SourceState.IDLE), 1);
        assertThat(away.string("connectivity")).contains("OFF");
        assertThat(away.string("problem")).contains("ON");
        assertThat(away.string("reason")).contains("No answer.");
        assertThat(away.string("since")).contains("2025-12-31T23:59:00Z");
        assertThat(away.string("next_try")).contains("2026-01-01T00:02:00Z");

        around = around(Optional.of(probed("", later)));
        JsonObject there = look(FakeDesk.reading(SourceState.IDLE), 2);
        assertThat(there.string("connectivity")).contains("ON");
        assertThat(there.string("problem")).contains("OFF");
    }

    @Test
    void look_aTryAfterTheProbe_winsOverIt_andTheProbeOverAnOlderTry() {
        around = around(Optional.of(probed("", FakeDesk.START.minusSeconds(1))));
        assertThat(look(FakeDesk.failing(SourceState.IDLE, AWAY), 0).string("connectivity"))
                .contains("OFF");

        around = around(Optional.of(probed("", FakeDesk.START.plusSeconds(1))));
        assertThat(look(FakeDesk.failing(SourceState.IDLE, AWAY), 1).string("problem"))
                .contains("OFF");
        assertThat(look(FakeDesk.failing(SourceState.IDLE, PASSWORD), 2).string("problem"))
                .contains("ON");
    }

    @Test
    void look_aCameraThatIsNeverProbed_staysAsItWasLast() {
        look(FakeDesk.live(0, 0), 0);
        assertThat(look(FakeDesk.reading(SourceState.IDLE), 3600).string("connectivity"))
                .contains("ON");
        look(FakeDesk.failing(SourceState.RETRYING, AWAY), 3601);
        assertThat(look(FakeDesk.reading(SourceState.IDLE), 9999).string("connectivity"))
                .contains("OFF");
    }

    @Test
    void look_aCameraThatIsOff_isNoProblem() {
        around = new CameraWatch.Around(false, false, Optional.empty(), Optional.empty());
        JsonObject off = look(FakeDesk.reading(SourceState.OFF), 0);

        assertThat(off.string("problem")).contains("OFF");
        assertThat(off.string("enabled")).contains("OFF");
        assertThat(off.string("connectivity")).isEmpty();
    }

    @Test
    void look_anEndlessSentence_isCut_forHomeAssistantWouldDropIt() {
        JsonObject json = look(FakeDesk.failing(SourceState.RETRYING, new Failure.Protocol("x".repeat(5000))), 0);

        assertThat(json.string("last_error").orElseThrow()).hasSize(255).endsWith("…");
    }

    @Test
    void look_aSourceThatBeganAnew_hasNoNegativeRate() {
        look(FakeDesk.live(5_000_000, 500), 0);

        assertThat(look(FakeDesk.live(1000, 1), 10).integer("bitrate")).hasValue(0);
    }
}
