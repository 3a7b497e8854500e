package oriel.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SequenceExtenderTest {
    private final SequenceExtender extender = new SequenceExtender();

    @Test
    void extend_overManyWraps_countsOn() {
        long expected = 65_530;
        for (int i = 0; i < 200_000; i++) {
            assertThat(extender.extend((int) (expected & 0xFFFF))).isEqualTo(expected);
            expected++;
        }
        assertThat(extender.highest()).isEqualTo(expected - 1);
    }

    @Test
    void extend_reorderedAroundTheWrap_keepsEachPlace() {
        assertThat(extender.extend(65_534)).isEqualTo(65_534);
        assertThat(extender.extend(1)).isEqualTo(65_537);
        assertThat(extender.extend(65_535)).isEqualTo(65_535);
        assertThat(extender.extend(0)).isEqualTo(65_536);
        assertThat(extender.extend(2)).isEqualTo(65_538);
        assertThat(extender.highest()).isEqualTo(65_538);
    }

    @Test
    void extend_olderThanTheFirst_isNegative() {
        extender.extend(0);

        assertThat(extender.extend(65_535)).isEqualTo(-1);
    }

    @Test
    void extend_repeated_givesTheSameCount() {
        extender.extend(7);

        assertThat(extender.extend(7)).isEqualTo(7);
        assertThat(extender.restarted()).isFalse();
    }

    @Test
    void extend_lossBelowTheLimit_isLoss() {
        extender.extend(100);

        assertThat(extender.extend(100 + SequenceExtender.MAX_DROPOUT - 1)).isEqualTo(3099);
    }

    @Test
    void extend_jumpConfirmed_restartsInTheNextCycle() {
        extender.extend(100);

        assertThat(extender.extend(40_000)).isEqualTo(SequenceExtender.REFUSED);
        assertThat(extender.restarted()).isFalse();
        assertThat(extender.extend(40_001)).isEqualTo(65_536 + 40_001);
        assertThat(extender.restarted()).isTrue();
        assertThat(extender.extend(40_002)).isEqualTo(65_536 + 40_002);
        assertThat(extender.restarted()).isFalse();
    }

    @Test
    void extend_jumpBackwardsConfirmed_restartsAboveAllBefore() {
        extender.extend(5000);

        assertThat(extender.extend(65_535)).isEqualTo(SequenceExtender.REFUSED);
        assertThat(extender.extend(0)).isEqualTo(65_536);
        assertThat(extender.restarted()).isTrue();
    }

    @Test
    void extend_strayPacket_isRefusedAndForgotten() {
        extender.extend(100);
        extender.extend(40_000);

        assertThat(extender.extend(101)).isEqualTo(101);
        assertThat(extender.extend(40_001)).isEqualTo(SequenceExtender.REFUSED);
        assertThat(extender.extend(102)).isEqualTo(102);
    }

    @Test
    void extend_limitsOfReordering_areThoseOfRfc3550() {
        extender.extend(1000);

        assertThat(extender.extend(1000 - SequenceExtender.MAX_MISORDER)).isEqualTo(900);
        assertThat(extender.extend(1000 - SequenceExtender.MAX_MISORDER - 1)).isEqualTo(SequenceExtender.REFUSED);
    }

    @Test
    void restart_unasked_goesOnAbove() {
        extender.extend(65_535);

        assertThat(extender.restart(3)).isEqualTo(65_539);
        assertThat(extender.restarted()).isTrue();
    }

    @Test
    void restart_beforeTheFirst_isNoRestart() {
        assertThat(extender.restart(3)).isEqualTo(3);
        assertThat(extender.restarted()).isFalse();
    }
}
