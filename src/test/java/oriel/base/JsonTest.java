package oriel.base;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static final String DOCUMENT = """
            {"name":"Gärten 🌳","src":["rtsp://a/b","ffmpeg:x#audio=opus"],"n":-12.50e+3,"yes":true,"no":false,\
            "none":null,"deep":{"empty":{},"list":[[],[1,[2]]]},"quote\\"d":"\\u0000\\n\\\\"}""";

    @Test
    void parse_document_keepsOrderAndLiterals() throws Exception {
        JsonValue value = Json.parse(DOCUMENT);

        assertThat(value.toJson()).isEqualTo(DOCUMENT);
        assertThat(Json.parse(DOCUMENT.getBytes(UTF_8))).isEqualTo(value);
        assertThat(Json.parse(value.toIndentedJson())).isEqualTo(value);
        assertThat(((JsonObject) value).members().keySet())
                .containsExactly("name", "src", "n", "yes", "no", "none", "deep", "quote\"d");
    }

    @Test
    void typedReads_memberOfOtherType_areEmpty() throws Exception {
        JsonObject object = (JsonObject)
                Json.parse("{\"s\":\"a\",\"l\":[\"a\",\"b\"],\"mixed\":[\"a\",1],\"i\":7,\"whole\":3e1,\"half\":0.5,"
                        + "\"huge\":99999999999999999999,\"b\":true,\"o\":{},\"z\":null}");

        assertThat(object.string("s")).contains("a");
        assertThat(object.string("i")).isEmpty();
        assertThat(object.string("z")).isEmpty();
        assertThat(object.string("absent")).isEmpty();
        assertThat(object.member("z")).contains(new JsonNull());
        assertThat(object.strings("s")).contains(List.of("a"));
        assertThat(object.strings("l")).contains(List.of("a", "b"));
        assertThat(object.strings("mixed")).isEmpty();
        assertThat(object.strings("i")).isEmpty();
        assertThat(object.integer("i")).isEqualTo(OptionalLong.of(7));
        assertThat(object.integer("whole")).isEqualTo(OptionalLong.of(30));
        assertThat(object.integer("half")).isEmpty();
        assertThat(object.integer("huge")).isEmpty();
        assertThat(object.integer("s")).isEmpty();
        assertThat(object.bool("b")).contains(true);
        assertThat(object.object("o")).contains(JsonObject.empty());
        assertThat(object.array("l")).contains(JsonArray.ofStrings(List.of("a", "b")));
        assertThat(object.array("o")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "[1",
                "[1,]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{'a':1}",
                "{a:1}",
                "01",
                "+1",
                "1.",
                ".5",
                "NaN",
                "Infinity",
                "tru",
                "nul",
                "\"a",
                "\"\n\"",
                "\"\\x\"",
                "\"\\u12\"",
                "1 2",
                "{}{}",
                "{} x",
                "[1}",
                "// x\n1",
                "/* x */1",
                "]",
                "}",
                ":",
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"b\":1,\"b\":1}}",
                "{\"a\":1 \"b\":2}"
            })
    void parse_notJson_isMalformed(String text) {
        assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(MalformedException.class);
    }

    @Test
    void parse_brokenText_namesPlaceAndNeverTheText() {
        var error =
                catchThrowableOfType(MalformedException.class, () -> Json.parse("{\"a\": 1,\n \"password\": hunter2}"));

        assertThat(error.reason())
                .startsWith("JSON: not JSON at line 2, column ")
                .doesNotContain("hunter");
    }

    @Test
    void parse_duplicateName_saysWhere() {
        assertThatThrownBy(() -> Json.parse("{\"a\":1,\n\"a\":2}"))
                .hasMessageStartingWith("JSON: a name that was there before at line 2");
    }

    @Test
    void parse_depth_isBoundAt32() throws Exception {
        assertThat(Json.parse("[".repeat(32) + "]".repeat(32)).toJson()).hasSize(64);
        assertThatThrownBy(() -> Json.parse("[".repeat(33) + "]".repeat(33)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("levels");
        assertThatThrownBy(() -> Json.parse("{\"a\":".repeat(50_000))).isInstanceOf(MalformedException.class);
    }

    @Test
    void parse_size_isBound() throws Exception {
        String text = "\"" + "a".repeat(Json.MAX_SIZE - 2) + "\"";
        assertThat(Json.parse(text)).isInstanceOf(JsonString.class);
        assertThat(Json.parse(text.getBytes(UTF_8))).isInstanceOf(JsonString.class);
        assertThatThrownBy(() -> Json.parse(text + " ")).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> Json.parse((text + " ").getBytes(UTF_8))).isInstanceOf(MalformedException.class);
        assertThat(Json.parse(text + " ", Json.MAX_SIZE + 1)).isInstanceOf(JsonString.class);
        assertThatThrownBy(() -> Json.parse("1".repeat(101))).isInstanceOf(MalformedException.class);
    }

    @Test
    void parse_bytesThatAreNotUtf8_saysWhere() {
        assertThatThrownBy(() -> Json.parse(new byte[] {'"', 'a', (byte) 0xC3, '"'}))
                .hasMessage("JSON is not UTF-8 at byte 2");
        assertThatThrownBy(() -> Json.parse(new byte[] {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'}))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void parse_byteOrderMark_isPassedOver() throws Exception {
        assertThat(Json.parse("\uFEFF{}".getBytes(UTF_8))).isEqualTo(JsonObject.empty());
    }

    @ParameterizedTest
    @CsvSource({"\\ud83d", "\\udf33", "\\udf33\\ud83d", "a\\ud800b"})
    void write_unpairedSurrogate_isEscapedAndComesBack(String escaped) throws Exception {
        String json = "{\"" + escaped + "\":\"" + escaped + "\"}";
        JsonValue value = Json.parse(json);

        assertThat(value.toJson()).isEqualTo(json);
        assertThat(Json.parse(value.toBytes())).isEqualTo(value);
    }

    @Test
    void write_controlCharactersAndLineSeparators_areEscaped() {
        assertThat(new JsonString("\u0000\u001f\u007f\u2028\u2029\t\r\n\"\\/<ä🌳").toJson())
                .isEqualTo("\"\\u0000\\u001f\\u007f\\u2028\\u2029\\t\\r\\n\\\"\\\\/<ä🌳\"");
    }

    @Test
    void write_indented_isOneMemberALine() {
        JsonObject object = JsonObject.builder()
                .put("version", 1)
                .put("ratio", 0.5)
                .put("on", true)
                .put(
                        "streams",
                        JsonObject.builder()
                                .put("a", JsonArray.ofStrings(List.of("x", "y")))
                                .build())
                .put("none", JsonArray.of())
                .put("version", 2)
                .build();

        assertThat(object.toIndentedJson()).isEqualTo("""
                        {
                          "version": 2,
                          "ratio": 0.5,
                          "on": true,
                          "streams": {
                            "a": [
                              "x",
                              "y"
                            ]
                          },
                          "none": []
                        }
                        """);
    }

    @Test
    void number_notFiniteOrNotOne_isRefused() {
        assertThatThrownBy(() -> JsonNumber.of(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JsonNumber.of(Double.POSITIVE_INFINITY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new JsonNumber("0x10")).isInstanceOf(IllegalArgumentException.class);
        assertThat(JsonNumber.of(Long.MIN_VALUE).toLong()).hasValue(Long.MIN_VALUE);
        assertThat(new JsonNumber("1e400").toLong()).isEmpty();
    }

    @Test
    void parse_everyTruncation_isMalformed() {
        byte[] bytes = DOCUMENT.getBytes(UTF_8);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> Json.parse(cut)).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void parse_everyBitFlip_givesAValueOrMalformed() {
        byte[] bytes = DOCUMENT.getBytes(UTF_8);
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                JsonValue value = Json.parse(bytes);
                assertThat(Json.parse(value.toJson())).isEqualTo(value);
            } catch (MalformedException e) {
                assertThat(e.reason()).startsWith("JSON");
            }
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    private static List<String> items(String json) throws MalformedException {
        List<String> items = new ArrayList<>();
        boolean found =
                Json.forEachItem(json.getBytes(UTF_8), 1000, List.of("data", "list"), item -> items.add(item.toJson()));
        items.add(String.valueOf(found));
        return items;
    }

    @Test
    void forEachItem_handsOutTheListAtTheEndOfThePath() throws Exception {
        assertThat(
                        items(
                                "{\"x\":[[1],{\"data\":2}],\"data\":{\"y\":{},\"list\":[1,{\"a\":[]},\"ü\"],\"z\":0},\"list\":[9]}"))
                .containsExactly("1", "{\"a\":[]}", "\"ü\"", "true");
        assertThat(items("{\"data\":{\"list\":[]}}")).containsExactly("true");
        assertThat(items("{\"data\":{\"list\":{\"a\":[1]}}}")).containsExactly("false");
        assertThat(items("{\"data\":[[1]]}")).containsExactly("false");
        assertThat(items("[1]")).containsExactly("false");
    }

    @Test
    void forEachItem_textThatIsNotWhole_isMalformed_whateverWasHandedOut() {
        String whole = "{\"data\":{\"list\":[1,2]},\"more\":{\"a\":1}}";
        for (int length = 0; length < whole.length(); length++) {
            String cut = whole.substring(0, length);
            assertThatThrownBy(() -> items(cut)).isInstanceOf(MalformedException.class);
        }
        assertThatThrownBy(() -> items(whole + "x")).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> items(" ".repeat(1000) + whole)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> items("{\"data\":{\"list\":[" + "[".repeat(40) + "]".repeat(40) + "]}}"))
                .isInstanceOf(MalformedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000",
                "00007b007d000000",
                "feff007b007d",
                "7b007d00",
                "0000007b0000007d",
                "5b31ff5d"
            })
    void forEachItem_whatIsNotUtf8_isMalformed(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThatThrownBy(() -> Json.forEachItem(bytes, 1000, List.of(), item -> {}))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void forEachItem_byteOrderMark_isPassedOver() throws Exception {
        assertThat(items("\uFEFF{\"data\":{\"list\":[1]}}")).containsExactly("1", "true");
    }
}
