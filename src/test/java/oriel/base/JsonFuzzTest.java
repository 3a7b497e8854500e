package oriel.base;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

class JsonFuzzTest {
    @FuzzTest
    void parse(byte[] data) {
        try {
            JsonValue value = Json.parse(data);
            if (!Json.parse(value.toJson()).equals(value)
                    || !Json.parse(value.toIndentedJson()).equals(value)) {
                throw new AssertionError("does not come back");
            }
        } catch (MalformedException e) {
            e.reason();
        }
        try {
            Json.parse(new String(data, StandardCharsets.UTF_16BE));
        } catch (MalformedException e) {
            e.reason();
        }
    }
}
