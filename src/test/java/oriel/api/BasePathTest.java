package oriel.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BasePathTest {
    @ParameterizedTest
    @CsvSource({
        "/go2rtc/api, /api",
        "/go2rtc/api/streams?src=a%2Fb, /api/streams?src=a%2Fb",
        "/go2rtc, /.base-path",
        "/go2rtc/, /",
        "/go2rtc?x=1, /.base-path?x=1",
        "/static, /static",
        "/stream, /stream",
        "/stream/a/add, /stream/a/add",
        "/streams?x, /streams?x",
        "/livez, /livez",
        "/api, /.outside-of-base-path",
        "/go2rtcx/api, /.outside-of-base-path",
        "/streamsx, /.outside-of-base-path",
    })
    void strip_takesThePrefixOff_andHidesTheRest(String uri, String seen) {
        assertThat(new BasePath("/go2rtc").strip(uri)).isEqualTo(seen);
    }

    @ParameterizedTest
    @CsvSource({"/api, /api", "/, /", "/x?y=z, /x?y=z"})
    void strip_withoutPrefix_changesNothing(String uri, String seen) {
        assertThat(new BasePath("").strip(uri)).isEqualTo(seen);
    }
}
