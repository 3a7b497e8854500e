package oriel;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The table of docs/architecture.md, held against the code. */
class ArchitectureTest {
    private static final JavaClasses ORIEL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("oriel");

    /** Rooms and their levels: a room sees lower ones only. A room inside another has the other's level. */
    private static final Map<String, Integer> LEVELS = new LinkedHashMap<>();

    static {
        LEVELS.put("oriel.base", 0);
        LEVELS.put("oriel.bitstream", 1);
        LEVELS.put("oriel.config", 1);
        LEVELS.put("oriel.metrics", 1);
        LEVELS.put("oriel.media", 2);
        LEVELS.put("oriel.net", 2);
        LEVELS.put("oriel.state", 2);
        LEVELS.put("oriel.process", 2);
        LEVELS.put("oriel.rtp", 3);
        LEVELS.put("oriel.sdp", 3);
        LEVELS.put("oriel.http", 3);
        LEVELS.put("oriel.access", 3);
        LEVELS.put("oriel.mqtt", 3);
        LEVELS.put("oriel.webrtc", 4);
        LEVELS.put("oriel.rtsp", 4);
        LEVELS.put("oriel.worker", 4);
        LEVELS.put("oriel.stream", 5);
        LEVELS.put("oriel.peer", 5);
        LEVELS.put("oriel.source", 6);
        LEVELS.put("oriel.output", 6);
        LEVELS.put("oriel.catalog", 6);
        LEVELS.put("oriel.homeassistant", 7);
        LEVELS.put("oriel.api", 7);
        LEVELS.put("oriel", 8);
    }

    @Test
    void everyPackage_isARoomOfTheTable() {
        for (JavaClass type : ORIEL) {
            assertThat(room(type.getPackageName())).as(type.getName()).isPresent();
        }
    }

    @Test
    void arrows_goDownOnly() {
        List<String> wrong = new ArrayList<>();
        for (JavaClass type : ORIEL) {
            String from = room(type.getPackageName()).orElseThrow();
            type.getDirectDependenciesFromSelf().forEach(dependency -> {
                Optional<String> to = room(dependency.getTargetClass().getPackageName());
                boolean doorToHome = from.equals("oriel.api")
                        && to.filter(room -> room.equals("oriel.homeassistant")).isPresent();
                if (to.isPresent() && !to.get().equals(from) && !doorToHome && level(to.get()) >= level(from)) {
                    wrong.add(dependency.getDescription());
                }
            });
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void sourcesAndOutputs_doNotKnowEachOther() {
        slices().matching("oriel.source.(*)..").should().notDependOnEachOther().check(ORIEL);
        slices().matching("oriel.output.(*)..").should().notDependOnEachOther().check(ORIEL);
        noClasses()
                .that()
                .resideInAPackage("oriel.source..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("oriel.output..")
                .check(ORIEL);
    }

    @Test
    void theHub_seesNoHttpNoWebRtcAndNoConfig() {
        noClasses()
                .that()
                .resideInAPackage("oriel.stream..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("oriel.config..", "oriel.webrtc..", "oriel.http..", "io.netty..")
                .check(ORIEL);
    }

    @Test
    void libraries_stayInTheirRooms() {
        only("io.micronaut..", "oriel.api..");
        only("jakarta..", "oriel.api..");
        only("org.bytedeco..", "oriel.worker..");
        only("org.yaml..", "oriel.config..");
        only("org.bouncycastle..", "oriel.webrtc.dtls..");
        only("io.netty..", "oriel.net..", "oriel.rtsp..", "oriel.source.rtsp..", "oriel.api..");
        only("tools.jackson..", "oriel.base..", "oriel.api..");
        only("com.fasterxml..", "oriel.api..");
        only("ch.qos.logback..", "oriel");
        only("com.hivemq..", "oriel.mqtt..");
        only("java.lang.foreign..", "oriel.net..", "oriel.webrtc.srtp..");
    }

    @Test
    void processes_areStartedInOnePlace() {
        noClasses()
                .that()
                .resideOutsideOfPackage("oriel.process..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ProcessBuilder.class, Runtime.Version.class)
                .check(ORIEL);
        noClasses()
                .should()
                .callMethod(Runtime.class, "exec", String.class)
                .orShould()
                .callMethod(Runtime.class, "exec", String[].class)
                .check(ORIEL);
    }

    @Test
    void time_comesInByTheClock() {
        noClasses()
                .that()
                .resideOutsideOfPackages("oriel.base..", "oriel.net..")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .check(ORIEL);
    }

    @Test
    void queues_haveABound() {
        noClasses()
                .should()
                .callConstructor(LinkedBlockingQueue.class)
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(ConcurrentLinkedQueue.class)
                .check(ORIEL);
    }

    @Test
    void everyPackage_hasADoorPlate_andKnowsNoNull() {
        for (JavaClass type : ORIEL) {
            JavaPackage room = type.getPackage();
            assertThat(room.isAnnotatedWith(NullMarked.class))
                    .as(room.getName())
                    .isTrue();
        }
    }

    @Test
    void classNames_sayWhatAClassIs() {
        classes()
                .should()
                .haveSimpleNameNotEndingWith("Manager")
                .andShould()
                .haveSimpleNameNotEndingWith("Helper")
                .andShould()
                .haveSimpleNameNotEndingWith("Util")
                .andShould()
                .haveSimpleNameNotEndingWith("Utils")
                .andShould()
                .haveSimpleNameNotEndingWith("Impl")
                .check(ORIEL);
    }

    private static void only(String library, String... rooms) {
        noClasses()
                .that()
                .resideOutsideOfPackages(rooms)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(ORIEL);
    }

    private static int level(String room) {
        return LEVELS.getOrDefault(room, -1);
    }

    private static Optional<String> room(String packageName) {
        return LEVELS.keySet().stream()
                .filter(room ->
                        packageName.equals(room) || (!room.equals("oriel") && packageName.startsWith(room + ".")))
                .findFirst();
    }
}
