package oriel.homeassistant.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oriel.base.Bytes;
import oriel.base.JsonObject;
import oriel.base.Resolver;
import oriel.base.Seams;
import oriel.metrics.Drops;
import oriel.mqtt.MqttMessage;
import oriel.stream.SourceState;
import oriel.testing.VirtualClock;

@Timeout(60)
class CameraDevicesTest {
    private static final Duration LOOK = CameraDevices.LOOK;

    private final Drops drops = new Drops();
    private final VirtualClock clock = new VirtualClock();
    private final Seams seams = new Seams(clock, new Random(7), Resolver.system());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final FakeDesk desk = new FakeDesk();
    private final FakeLink link = new FakeLink();
    private final FakeMemory memory = new FakeMemory();
    private final Topics topics = new Topics("oriel", "homeassistant", "1a2b3c4d");
    private final List<CameraDevices> running = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        running.forEach(CameraDevices::close);
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private CameraDevices start() throws InterruptedException {
        CameraDevices devices = new CameraDevices(
                new DeviceMessages(topics, "0.1.0"), desk, desk, memory, text -> text, drops, seams, threads);
        running.add(devices);
        devices.connected();
        devices.start(link);
        link.awaitLooks(0);
        return devices;
    }

    // One whole look after all that was before.
    private void pass() throws InterruptedException {
        long looks = link.looks();
        clock.advance(LOOK);
        link.awaitLooks(looks);
    }

    private void pass(Duration duration) throws InterruptedException {
        for (Duration d = Duration.ZERO; d.compareTo(duration) < 0; d = d.plus(LOOK)) {
            pass();
        }
    }

    private void await(BooleanSupplier condition) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            pass();
            return condition.getAsBoolean();
        });
    }

    private static MqttMessage message(String topic, String payload, boolean retained) {
        return new MqttMessage(topic, Bytes.of(payload.getBytes(UTF_8)), retained);
    }

    @Test
    void start_announcesTheAppFirst_thenEachCamera() throws InterruptedException {
        link.connected(false); // So that no still comes in between.
        desk.put("Front door").put("garden");
        start();

        assertThat(link.topics())
                .containsExactly(
                        "homeassistant/device/oriel_1a2b3c4d/config",
                        "oriel/availability",
                        "homeassistant/device/oriel_1a2b3c4d_front_door/config",
                        "oriel/front_door/availability",
                        "oriel/front_door/state",
                        "homeassistant/device/oriel_1a2b3c4d_garden/config",
                        "oriel/garden/availability",
                        "oriel/garden/state",
                        "oriel/state");
        assertThat(link.value("oriel/availability")).contains("online");
        assertThat(link.value("oriel/garden/availability")).contains("online");
        assertThat(DiscoverySchema.problems(
                        "homeassistant/device/oriel_1a2b3c4d_garden/config",
                        link.json("homeassistant/device/oriel_1a2b3c4d_garden/config")))
                .isEmpty();
        assertThat(link.json("oriel/state").integer("streams")).hasValue(2);
        assertThat(link.json("oriel/state").string("version")).contains("0.1.0");
        assertThat(link.json("oriel/state").member("update")).isEmpty();
    }

    @Test
    void look_nothingNew_saysNothing() throws InterruptedException {
        desk.put("garden");
        start();
        pass(Duration.ofSeconds(1));
        link.take();

        pass(Duration.ofSeconds(5));
        assertThat(link.take()).allMatch(line -> line.startsWith("oriel/state ") || line.startsWith("oriel/garden/"));
        pass(Duration.ofSeconds(2));
        assertThat(link.take()).isEmpty();
    }

    @Test
    void look_underTheSupervisor_tellsOfUpdates() throws InterruptedException {
        desk.put("garden");
        start();
        desk.app("local_oriel", "0.1.0", "0.2.0");
        pass(LOOK.multipliedBy(2));

        JsonObject app = link.json("homeassistant/device/oriel_1a2b3c4d/config");
        assertThat(app.object("components").orElseThrow().members()).containsKey("update");
        assertThat(link.json("oriel/state").object("update").orElseThrow().toJson())
                .isEqualTo("{\"installed_version\":\"0.1.0\",\"latest_version\":\"0.2.0\",\"title\":\"Oriel\"}");
    }

    @Test
    void look_somethingWrongWithOriel_isItsProblem() throws InterruptedException {
        start();
        desk.problems("The port is taken.");
        pass(LOOK.multipliedBy(2));

        assertThat(link.json("oriel/state").string("problem")).contains("ON");
        assertThat(link.json("oriel/state").array("reasons").orElseThrow().toJson())
                .isEqualTo("[\"The port is taken.\"]");
    }

    @Test
    void look_aCameraRenamed_leavesNoGhost() throws InterruptedException {
        desk.put("garden");
        start();
        pass();
        desk.remove("garden");
        desk.put("yard");
        pass(LOOK.multipliedBy(2));

        assertThat(link.topics()).noneMatch(topic -> topic.contains("garden"));
        assertThat(link.topics()).contains("homeassistant/device/oriel_1a2b3c4d_yard/config");
        assertThat(link.forgotten())
                .containsExactly(
                        "oriel/garden/still",
                        "oriel/garden/state",
                        "oriel/garden/availability",
                        "homeassistant/device/oriel_1a2b3c4d_garden/config");
    }

    @Test
    void found_whatAnEarlierRunLeft_isTakenAway_othersAreLeftAlone() throws InterruptedException {
        desk.put("garden");
        CameraDevices devices = start();
        devices.message(message("homeassistant/device/oriel_1a2b3c4d_old/config", "{}", true));
        devices.message(message("homeassistant/device/oriel_1a2b3c4d_garden/config", "{}", true));
        devices.message(message("homeassistant/device/oriel_1a2b3c4d/config", "{}", true));
        devices.message(message("homeassistant/device/oriel_99999999_other/config", "{}", true));
        devices.message(message("homeassistant/device/zigbee/config", "{}", true));
        devices.message(message("homeassistant/device/oriel_1a2b3c4d_live/config", "{}", false));
        pass();
        pass(); // The first may have begun before they came.

        assertThat(link.forgotten())
                .containsExactly(
                        "oriel/old/still",
                        "oriel/old/state",
                        "oriel/old/availability",
                        "homeassistant/device/oriel_1a2b3c4d_old/config");
    }

    @Test
    void found_whileCamerasMayStillCome_nothingIsTakenAway() throws InterruptedException {
        desk.settled(false);
        CameraDevices devices = start();
        devices.message(message("homeassistant/device/oriel_1a2b3c4d_late/config", "{}", true));
        pass(Duration.ofSeconds(30));
        assertThat(link.forgotten()).isEmpty();

        desk.put("late");
        desk.settled(true);
        pass(LOOK.multipliedBy(2));
        assertThat(link.forgotten()).isEmpty();
    }

    @Test
    void birth_allIsToldAgain_withinThreeSeconds_once() throws InterruptedException {
        desk.put("garden");
        CameraDevices devices = start();
        devices.message(message("homeassistant/status", "offline", false));
        pass(Duration.ofSeconds(4));
        assertThat(link.repeats()).isZero();

        devices.message(message("homeassistant/status", "online", false));
        pass(Duration.ofMillis(3250));
        assertThat(link.repeats()).isEqualTo(1);
        pass(Duration.ofSeconds(10));
        assertThat(link.repeats()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "oriel/front_door/set/enabled,OFF,enable Front door false",
        "oriel/front_door/set/enabled,ON,enable Front door true",
        "oriel/front_door/set/keep_alive,ON,keepAlive Front door true",
        "oriel/front_door/set/restart,PRESS,restart Front door",
        "oriel/set/reload,PRESS,reload"
    })
    void command_isDone(String topic, String payload, String done) throws InterruptedException {
        desk.put(new Camera("Front door", FakeDesk.reading(SourceState.IDLE), true, false, Optional.empty(), true));
        CameraDevices devices = start();
        devices.message(message(topic, payload, false));

        await(() -> !desk.asked().isEmpty());
        assertThat(desk.asked()).containsExactly(done);
    }

    @Test
    void command_showsInTheState_andInWhetherItIsThere() throws InterruptedException {
        desk.put("garden");
        CameraDevices devices = start();
        devices.message(message("oriel/garden/set/enabled", "OFF", false));

        await(() -> link.value("oriel/garden/availability").equals(Optional.of("offline")));
        assertThat(link.json("oriel/garden/state").string("enabled")).contains("OFF");

        devices.message(message("oriel/garden/set/enabled", "ON", false));
        await(() -> link.value("oriel/garden/availability").equals(Optional.of("online")));
    }

    @ParameterizedTest
    @CsvSource({
        "oriel/garden/set/enabled,on,false",
        "oriel/garden/set/enabled,ON,true",
        "oriel/garden/set/explode,PRESS,false",
        "oriel/nobody/set/restart,PRESS,false",
        "oriel/garden/set/restart,ON,false",
        "oriel/set/reload,ON,false",
        "oriel/set/enabled,ON,false",
        "oriel/set/state,PRESS,false",
        "oriel/garden/set/restart,PRESSPRESSPRESSPRESS,false"
    })
    void command_thatMakesNoSense_orWasKept_isNotDone(String topic, String payload, boolean retained)
            throws InterruptedException {
        desk.put(new Camera("garden", FakeDesk.reading(SourceState.IDLE), true, false, Optional.empty(), true));
        CameraDevices devices = start();
        devices.message(message(topic, payload, retained));
        devices.message(message("oriel/set/reload", "PRESS", false));

        await(() -> !desk.asked().isEmpty()); // One after the other, so the first was dealt with.
        assertThat(desk.asked()).containsExactly("reload");
        assertThat(drops.snapshot().values()).containsExactly(1L);
    }

    @Test
    void command_moreThanFit_areDropped() throws InterruptedException {
        desk.put(new Camera("garden", FakeDesk.reading(SourceState.IDLE), true, false, Optional.empty(), true));
        CameraDevices devices = start();
        synchronized (desk) { // Nothing is done meanwhile.
            for (int i = 0; i < 1000; i++) {
                devices.message(message("oriel/garden/set/restart", "PRESS", false));
            }
        }

        assertThat(drops.of(CommandDesk.FULL)).isBetween(935L, 936L);
    }

    @Test
    void still_ofEachOnceAfterTheStart_butNotOfBatteryCameras() throws InterruptedException {
        desk.put("garden").put("yard").put("door");
        desk.put(new Camera("battery", FakeDesk.reading(SourceState.IDLE), true, false, Optional.empty(), true));
        start();

        await(() -> desk.asked().size() >= 3);
        pass(Duration.ofSeconds(30));
        assertThat(desk.asked()).containsExactlyInAnyOrder("still garden", "still yard", "still door");
        assertThat(link.value("oriel/garden/still")).isPresent();
        assertThat(link.value("oriel/battery/still")).isEmpty();
        assertThat(link.json("oriel/garden/state").string("taken").orElseThrow())
                .startsWith("2025-12-31T23:59:59");
    }

    @Test
    void still_ofACameraThatRuns_everyTenSeconds_aBatteryCameraToo() throws InterruptedException {
        desk.put(new Camera("battery", FakeDesk.live(0, 0, "v1"), true, false, Optional.empty(), true));
        desk.put(new Camera("kept", FakeDesk.live(0, 0), true, true, Optional.empty(), false));
        desk.put(new Camera("lingers", FakeDesk.live(0, 0), true, false, Optional.empty(), true));
        start();
        pass(Duration.ofSeconds(35));

        assertThat(desk.asked()).filteredOn("still battery"::equals).hasSizeBetween(3, 4);
        assertThat(desk.asked()).filteredOn("still kept"::equals).hasSizeBetween(3, 4);
        assertThat(desk.asked()).doesNotContain("still lingers");
    }

    @Test
    void still_whileTheBrokerIsAway_isNotTaken() throws InterruptedException {
        link.connected(false);
        desk.put("garden");
        start();
        pass(Duration.ofSeconds(20));

        assertThat(desk.asked()).isEmpty();
    }

    @Test
    void still_onRequest_isTakenNow_ofABatteryCameraToo() throws InterruptedException {
        desk.put(new Camera("battery", FakeDesk.reading(SourceState.IDLE), true, false, Optional.empty(), true));
        CameraDevices devices = start();
        devices.message(message("oriel/battery/set/snapshot", "PRESS", false));

        await(() -> link.value("oriel/battery/still").isPresent());
        assertThat(desk.asked()).containsExactly("still battery");
    }

    @Test
    void still_tooLargeToSend_isNotSent() throws InterruptedException {
        desk.stillBytes(StillRound.MAX_BYTES + 1);
        desk.put("garden");
        start();

        await(() -> !desk.asked().isEmpty());
        pass(Duration.ofSeconds(1));
        assertThat(link.value("oriel/garden/still")).isEmpty();
    }
}
