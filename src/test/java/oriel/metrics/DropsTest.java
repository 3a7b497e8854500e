package oriel.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DropsTest {
    @Test
    void count_ofOne_isInItsOwnAndInTheTotal() {
        Drops total = new Drops();
        Drops door = new Drops(total, () -> "door");
        Drops yard = new Drops(total, () -> "yard");
        door.count("late-packet");
        yard.count("late-packet", 4);
        assertThat(door.snapshot()).containsOnly(Map.entry("late-packet", 1L));
        assertThat(yard.of("late-packet")).isEqualTo(4);
        assertThat(total.of("late-packet")).isEqualTo(5);
        assertThat(total.latest("late-packet")).isEqualTo("yard");
        assertThat(total.of("never")).isZero();
    }

    @Test
    void count_moreReasonsThanAreKept_areOther() {
        Drops drops = new Drops();
        for (int i = 0; i < 10_000; i++) {
            drops.count("reason " + i);
        }
        assertThat(drops.snapshot()).hasSize(65).containsEntry("other", 10_000L - 64);
    }
}
