package oriel.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NtpTimeTest {
    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 83aa7e8000000000",
        "1999-12-31T00:00:00Z, bc16708000000000",
        "1995-11-10T11:33:25.125Z, b44db70520000000", // RFC 3550, 6.4.1's figure writes b44d:b705:2000
        "2036-02-07T06:28:15.5Z, ffffffff80000000",
        "2036-02-07T06:28:16Z, 0000000000000000",
        "2040-01-01T00:00:00Z, 0754fd0000000000",
    })
    void of_knownMoments_givesTheirBits(Instant instant, String bits) {
        assertThat(Long.toHexString(NtpTime.of(instant).bits())).isEqualTo(bits.replaceFirst("^0+(?!$)", ""));
        assertThat(NtpTime.of(instant).toInstant()).isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 333_333_333, 499_999_999, 500_000_000, 999_999_998, 999_999_999})
    void toInstant_ofEveryNanosecond_givesItBack(int nano) {
        Instant instant = Instant.parse("2026-03-04T05:06:07Z").plusNanos(nano);

        assertThat(NtpTime.of(instant).toInstant()).isEqualTo(instant);
    }

    @Test
    void middle_ofRfc3550Example_isQuotedAsLsr() {
        assertThat(new NtpTime(0xb44db705_20000000L).middle()).isEqualTo(0xb7052000L);
        assertThat(new NtpTime(0xffffffff_ffffffffL).middle()).isEqualTo(0xffffffffL);
    }

    @Test
    void shortUnits_ofDurations_countIn65536ths() {
        assertThat(NtpTime.toShortUnits(5_250_000_000L)).isEqualTo(0x0005_4000L); // RFC 3550, figure 2
        assertThat(NtpTime.toShortUnits(-1)).isZero();
        assertThat(NtpTime.toShortUnits(Long.MAX_VALUE)).isEqualTo(0xFFFF_FFFFL);
        assertThat(NtpTime.ofShortUnits(0x0005_4000L)).isEqualTo(Duration.ofMillis(5250));
    }
}
