package oriel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConfigChangeTest extends ConfigFixture {
    /** For each component a text that makes it another one than by default. */
    private static final Map<String, String> OTHERS = Map.of(
            "api", "api: {listen: \":1999\"}",
            "webrtc", "webrtc: {candidates: [\"192.0.2.1:8555\"]}",
            "log", "log: {level: debug}",
            "env", "env: {WORD: secret}",
            "streams", "streams: {door: \"rtsp://192.0.2.1/a\"}",
            "preload", "preload: {door: video}",
            "hass", "hass: {config: off}",
            "oriel", "oriel: {demo: off}");

    private static List<String> components() {
        return Stream.of(GatewayConfig.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    @Test
    void everyComponent_hasACaseOfItsName() {
        assertThat(Stream.of(ConfigChange.class.getPermittedSubclasses())
                        .map(type -> type.getSimpleName().toLowerCase(Locale.ROOT)))
                .containsExactlyElementsOf(components());
    }

    @Test
    void everyComponent_thatDiffers_isOneChange_andNothingElse() throws Exception {
        GatewayConfig before = yaml("");
        for (String component : components()) {
            assertThat(OTHERS).as("a text that changes " + component).containsKey(component);
            String text = Objects.requireNonNull(OTHERS.get(component));
            assertThat(ConfigChange.between(before, yaml(text)))
                    .as(component)
                    .extracting(change -> change.getClass().getSimpleName().toLowerCase(Locale.ROOT))
                    .containsExactly(component);
        }
    }

    @Test
    void equalConfigurations_differInNothing() throws Exception {
        String text = "streams: {a: rtsp://192.0.2.1/a}\nlog: {rtsp: debug}\nwebrtc: {filters: {ips: [192.0.2.2]}}\n";
        assertThat(ConfigChange.between(yaml(text), yaml("# moved\n" + text))).isEmpty();
    }

    @Test
    void whatWaitsForARestart_isNamedByItsKey() throws Exception {
        assertThat(waiting("api: {listen: \":1999\", origin: \"*\", base_path: /x, static_dir: y, password: z}"))
                .containsExactly("api.listen", "api.base_path", "api.static_dir", "api.origin");
        assertThat(waiting("webrtc: {listen: \":8666\", filters: {ips: [192.0.2.2]}}"))
                .containsExactly("webrtc.listen", "webrtc.filters");
        assertThat(
                        waiting(
                                "webrtc: {candidates: [\"192.0.2.1:8555\"], ice_servers: [{urls: \"stun:stun.example.org:1\"}]}"))
                .isEmpty();
        assertThat(waiting("log: {level: debug, rtsp: trace, format: json}")).containsExactly("log.format");
        assertThat(waiting("oriel: {demo: off, data: x, hosts: [a.b], access: {loopback: login}}"))
                .containsExactly("oriel.data", "oriel.hosts");
        assertThat(waiting("hass: {config: elsewhere}")).containsExactly("hass.config");
        assertThat(waiting("streams: {a: \"rtsp://192.0.2.1/a\"}\npreload: {a: video}\nenv: {A: b}"))
                .isEmpty();
    }

    private List<String> waiting(String text) throws Exception {
        return ConfigChange.between(yaml(""), yaml(text)).stream()
                .flatMap(change -> change.afterRestart().stream())
                .toList();
    }
}
