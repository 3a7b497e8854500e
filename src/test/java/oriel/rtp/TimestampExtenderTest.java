package oriel.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimestampExtenderTest {
    private final TimestampExtender extender = new TimestampExtender();

    @Test
    void extend_overTwoWraps_countsOn() {
        long time = 0xFFFF_FFFFL - 90_000 * 5;
        for (int i = 0; i < 3_000_000; i++, time += 3600) {
            assertThat(extender.extend(time & 0xFFFF_FFFFL)).isEqualTo(time);
        }
        assertThat(time).isGreaterThan(2L << 32);
    }

    @Test
    void extend_smallStepsBackOverTheWrap_keepTheirPlace() {
        assertThat(extender.extend(0xFFFF_FFF0L)).isEqualTo(0xFFFF_FFF0L);
        assertThat(extender.extend(0x10)).isEqualTo(0x1_0000_0010L);
        assertThat(extender.extend(0xFFFF_FFF8L)).isEqualTo(0xFFFF_FFF8L);
        assertThat(extender.extend(0x20)).isEqualTo(0x1_0000_0020L);
        assertThat(extender.last()).isEqualTo(0x1_0000_0020L);
    }

    @Test
    void extend_earlierThanTheFirst_isNegative() {
        extender.extend(5);

        assertThat(extender.extend(0xFFFF_FFFFL)).isEqualTo(-1);
        assertThat(extender.extend(5)).isEqualTo(5);
    }

    @Test
    void extend_hourEachWay_movesByAnHour() {
        long hour = 90_000L * 3600;
        extender.extend(1_000_000);

        assertThat(extender.extend(1_000_000 + hour)).isEqualTo(1_000_000 + hour);
        assertThat(extender.extend(1_000_000)).isEqualTo(1_000_000);
    }
}
