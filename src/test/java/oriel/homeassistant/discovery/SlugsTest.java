package oriel.homeassistant.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlugsTest {
    private final FakeMemory memory = new FakeMemory();

    @ParameterizedTest
    @CsvSource({
        "Front Door,front_door",
        "garden,garden",
        "Haustür,haustuer",
        "Été,ete",
        "camera.front,camera_front",
        "  a -- b  ,a_b",
        "generic_01J%20x,generic_01j_20x",
        "#,camera",
        "玄関,camera",
        "$SYS/+/#,sys"
    })
    void slug_ofAName_isPlain(String name, String slug) {
        assertThat(CameraName.slug(name)).isEqualTo(slug);
    }

    @Test
    void slug_ofAnEndlessName_hasABound() {
        assertThat(CameraName.slug("x".repeat(200))).hasSize(CameraName.MAX_SLUG);
        assertThat(CameraName.slug("a".repeat(63) + " b")).isEqualTo("a".repeat(63));
    }

    @Test
    void of_namesAlike_getNumbers() {
        assertThat(new Slugs(memory).of(List.of("Front door", "front-door", "FRONT DOOR")))
                .containsExactly(
                        entry("Front door", "front_door"),
                        entry("front-door", "front_door_2"),
                        entry("FRONT DOOR", "front_door_3"));
    }

    @Test
    void of_afterARestartInAnotherOrder_areTheSame() {
        new Slugs(memory).of(List.of("Front door", "front-door"));

        assertThat(new Slugs(memory).of(List.of("front-door", "Front door")))
                .containsOnly(entry("Front door", "front_door"), entry("front-door", "front_door_2"));
    }

    @Test
    void of_theOneThatHadTheNameGone_theOtherKeepsItsNumber() {
        Slugs slugs = new Slugs(memory);
        slugs.of(List.of("Front door", "front-door"));

        assertThat(slugs.of(List.of("front-door"))).containsOnly(entry("front-door", "front_door_2"));
        assertThat(new Slugs(memory).of(List.of("front-door"))).containsOnly(entry("front-door", "front_door_2"));
    }

    @Test
    void of_aCameraThatIsAwayForAWhile_keepsItsNumberFromOthers() {
        new Slugs(memory).of(List.of("Front door", "front-door"));
        Slugs later = new Slugs(memory);
        later.of(List.of("Front door"));

        assertThat(later.of(List.of("Front door", "FRONT DOOR"))).contains(entry("FRONT DOOR", "front_door_3"));
    }

    @Test
    void of_wordsOfOurTopics_areNotGiven() {
        assertThat(new Slugs(memory)
                        .of(List.of("set", "state", "availability", "Oriel"))
                        .values())
                .containsExactly("set_2", "state_2", "availability_2", "oriel_2");
    }

    @Test
    void of_namesThatNeedNoMemory_areNotRemembered() {
        new Slugs(memory).of(List.of("garden", "door"));

        assertThat(memory.slugs()).isEmpty();
    }
}
