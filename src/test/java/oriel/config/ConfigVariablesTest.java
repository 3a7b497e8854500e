package oriel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigVariablesTest extends ConfigFixture {
    @Test
    void variables_envThenCredentialsThenProcess() throws Exception {
        Path credentials = Files.createDirectory(folder.resolve("credentials"));
        Files.writeString(credentials.resolve("B"), "from file\n");
        Files.writeString(credentials.resolve("A"), "never");
        environment.put("CREDENTIALS_DIRECTORY", credentials.toString());
        environment.put("A", "never");
        environment.put("B", "never");
        environment.put("C", "from process");

        assertThat(sources(
                        yaml("streams: {x: 'rtsp://${A}/${B}/${C}/${D:from default}/${E:}/${F:a:b}'}\nenv: {A: from env}")
                                .streams(),
                        "x"))
                .containsExactly("rtsp://from env/from file/from process/from default//a:b");
    }

    @Test
    void variables_inEveryPlaceOfYaml_areFilledAsText() throws Exception {
        environment.put("NAME", "on");
        environment.put("VALUE", "x: [y, #z}\n- &");
        environment.put("NOTHING", "");
        environment.put("FALSE", "false");
        GatewayConfig config = yaml("""
                # ${MISSING} in a comment is nobody's business
                api: {listen: ":${PORT:1985}", static_dir: ${VALUE}}
                streams:
                  ${NAME}: ${VALUE: with default }
                  flow: {url: [${NAME}, "${NAME}"]}
                  "false": ${FALSE}
                  block: |-
                    ${NAME}
                log: {level: ${LEVEL:debug}}
                webrtc: {listen: "${NOTHING}"}
                preload: {a: ${NOTHING}}
                oriel: {data: '$NAME $ {NAME} ${} ${a b} ${ß} {NAME}'}
                """.replace("${VALUE: with default }", "${OTHER: with default }"));

        assertThat(config.api().listen().orElseThrow().port()).isEqualTo(1985);
        assertThat(config.api().staticDir()).isEqualTo("x: [y, #z}\n- &");
        assertThat(sources(config.streams(), "on")).containsExactly(" with default ");
        assertThat(sources(config.streams(), "flow")).containsExactly("on", "on");
        assertThat(sources(config.streams(), "false")).containsExactly("false");
        assertThat(sources(config.streams(), "block")).containsExactly("on");
        assertThat(config.log().level()).isEqualTo(LogLevel.DEBUG);
        assertThat(config.webrtc().listen()).isEmpty();
        assertThat(config.preload()).containsEntry("a", "video&audio");
        assertThat(config.oriel().data()).isEqualTo("$NAME $ {NAME} ${} ${a b} ${ß} {NAME}");
    }

    @Test
    void variableWithoutValue_isAProblemThatNamesIt() throws Exception {
        assertThat(problems("streams:\n  a: rtsp://u:${CAM_PASSWORD}@h/\n"))
                .containsExactly(
                        "go2rtc.yaml:2: streams.a: the variable CAM_PASSWORD has no value. Set it in the section env"
                                + " or in the environment, or write ${CAM_PASSWORD:default}.");
    }

    @Test
    void variableWithoutValue_thatALaterArgumentReplaces_isNone() throws Exception {
        Files.writeString(folder.resolve("a.yaml"), "streams: {a: '${MISSING}'}");

        assertThat(sources(load("a.yaml", "streams.a=rtsp://h/1").config().streams(), "a"))
                .containsExactly("rtsp://h/1");
    }

    @Test
    void variable_fromArgument_isDefined() throws Exception {
        assertThat(sources(
                        load("{streams: {a: 'rtsp://${HOST}/'}}", "env.HOST=cam", "env.OTHER=\"quoted\"")
                                .config()
                                .streams(),
                        "a"))
                .containsExactly("rtsp://cam/");
    }

    @Test
    void privateUseCharacters_inTheFile_stayThemselves() throws Exception {
        environment.put("A", "x");
        assertThat(sources(yaml("streams: {a: '\uE0000\uE001${A}\uE000'}").streams(), "a"))
                .containsExactly("\uE0000\uE001x\uE000");
    }

    @Test
    void redactions_knowEverySecretOfTheFile() throws Exception {
        environment.put("FROM_ENV", "env-canary");
        environment.put("PORT", "1984");
        Redactions redactions = loadYaml("""
                        api: {listen: ":${PORT}", username: anna, password: api-canary}
                        rtsp: {password: "rtsp canary"}
                        streams:
                          a: rtsp://admin:url:c@n/ary@h/1
                          b: ffmpeg:rtsp://u:other-canary@h/1#video=copy
                          c: http://h/?x=${FROM_ENV}
                          d: rtsp://u:abc@h/
                        webrtc: {ice_servers: [{urls: "turn:h", username: u, credential: turn-canary}]}
                        wyze: {mail: {api_key: "key\\"canary"}}
                        """).redactions();

        for (String secret : List.of(
                "api-canary",
                "rtsp canary",
                "rtsp%20canary",
                "rtsp+canary",
                "url:c@n/ary",
                "url%3Ac%40n%2Fary",
                "other-canary",
                "env-canary",
                "turn-canary",
                "key\"canary",
                "key\\\"canary")) {
            assertThat(redactions.text("before " + secret + " after")).isEqualTo("before *** after");
        }
        assertThat(redactions.text("listen addr=:1984 abc")).isEqualTo("listen addr=:1984 abc");
        assertThat(redactions.text("rtsp://u:unknown@h/")).isEqualTo("rtsp://***@h/");
    }

    @Test
    void problems_neverShowSecrets() throws Exception {
        environment.put("PASS", "canary");
        assertThat(String.join("\n", problems("""
                        webrtc:
                          candidates: ["a:canary@", "${PASS} x"]
                          ice_servers: [{urls: "turn://u:canary@h", credential: [canary]}]
                        env: {TOKEN: canary, TOKEN: canary}
                        api: {password: canary, password: canary, listen: "${PASS}"}
                        streams: {a: "rtsp://u:canary@h/\\n", a: "rtsp://u:canary@h/"}
                        """.replace("\"a:canary@\"", "\"x y\""))))
                .contains("webrtc.candidates[1]", "env.TOKEN", "api.password", "streams.a", "api.listen")
                .doesNotContain("canary");
    }

    @Test
    void records_toString_hideSecrets() throws Exception {
        GatewayConfig config = yaml("streams: {a: 'rtsp://u:canary@h/'}\nenv: {A: canary}\n"
                + "webrtc: {ice_servers: [{urls: 'turn:h', credential: canary}]}");

        assertThat(config.toString()).doesNotContain("canary");
    }
}
