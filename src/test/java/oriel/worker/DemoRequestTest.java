package oriel.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.base.MalformedException;

class DemoRequestTest {
    static Stream<DemoRequest> requests() {
        return Stream.of(
                DemoRequest.standard(),
                DemoRequest.standard().sized(640, 360).paced(15, 250).silent(),
                DemoRequest.standard().stamped(DemoRequest.Stamp.CLOCK));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void request_asJson_comesBack(DemoRequest request) throws Exception {
        JsonObject json = (JsonObject) Json.parse(request.toJson().toJson());
        assertThat(DemoRequest.of(json)).isEqualTo(request);
    }

    @Test
    void request_withoutAnything_isTheStandardOne() throws Exception {
        assertThat(DemoRequest.of(JsonObject.empty())).isEqualTo(DemoRequest.standard());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"width\":1281}",
                "{\"width\":0}",
                "{\"width\":4294967296}",
                "{\"height\":721}",
                "{\"height\":-2}",
                "{\"fps\":0}",
                "{\"fps\":61}",
                "{\"fps\":\"25\"}",
                "{\"fps\":12.5}",
                "{\"gop\":0}",
                "{\"gop\":null}",
                "{\"bitrate\":1}",
                "{\"stamp\":\"sun\"}",
                "{\"stamp\":1}"
            })
    void request_thatCannotBe_isMalformed(String json) throws Exception {
        JsonObject request = (JsonObject) Json.parse(json);
        assertThatThrownBy(() -> DemoRequest.of(request)).isInstanceOf(MalformedException.class);
    }

    @Test
    void job_ofAnUnknownKind_isMalformed() {
        assertThatThrownBy(() -> WorkerMain.job(JsonObject.empty(), oriel.base.Clock.system()))
                .isInstanceOf(MalformedException.class);
    }
}
