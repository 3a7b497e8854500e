package oriel.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.JsonObject;
import oriel.base.MalformedException;

class StillSizeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 1920, 1080, 1920, 1080",
        "490, 0, 1920, 1080, 490, 276",
        "0, 270, 1920, 1080, 480, 270",
        "640, 640, 1920, 1080, 640, 360",
        "640, 640, 1080, 1920, 360, 640",
        "4000, 4000, 1920, 1080, 1920, 1080",
        "1, 0, 8192, 16, 1, 1"
    })
    void box_holdsThePicture_inItsProportionsAndNeverLarger(int w, int h, int pw, int ph, int gotW, int gotH) {
        assertThat(new StillSize(w, h).of(pw, ph)).isEqualTo(new StillSize(gotW, gotH));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, StillSize.MAX_SIDE + 1})
    void side_outOfRange_isRefused(int side) {
        assertThatThrownBy(() -> new StillSize(side, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new StillSize(0, side)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void request_writtenAndRead_isTheSame_andNonsenseIsMalformed() throws Exception {
        StillRequest request = new StillRequest("H265", 512);
        assertThat(StillRequest.of(request.toJson())).isEqualTo(request);
        for (JsonObject json : new JsonObject[] {
            JsonObject.empty(),
            JsonObject.builder().put("codec", "H264").build(),
            JsonObject.builder().put("codec", "H264").put("pictures", 513).build(),
            JsonObject.builder()
                    .put("codec", "H264")
                    .put("pictures", 1L << 32 | 1)
                    .build(),
            JsonObject.builder().put("codec", "OPUS").put("pictures", 1).build()
        }) {
            assertThatThrownBy(() -> StillRequest.of(json)).isInstanceOf(MalformedException.class);
        }
    }
}
