package oriel.homeassistant.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Secret;
import oriel.stream.SourceHint;
import oriel.testing.Proves;

class HassSourceFactoryTest {
    private final HassAddresses addresses = new HassAddresses();
    private final HassSourceFactory factory = new HassSourceFactory(addresses);

    @BeforeEach
    void read() throws Exception {
        addresses.replace(HassStorage.cameras("2024").stream()
                .map(camera -> camera.address() instanceof CameraAddress.Fixed(Secret url)
                        ? FoundCamera.at(camera, url.reveal(), Set.of("rtsp"))
                        : FoundCamera.without(camera, "It is off."))
                .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "hass:Front Door, ''",
        "hass:camera.entrance, ''",
        "hass:01HF0000000000000000000FRT, ''",
        "hass:generic_01HF0000000000000000000FRT, ''",
        "'hass:Front Door#backchannel=0', '#backchannel=0'",
    })
    @Proves("S-082")
    void titleEntityOrEntry_isFollowedToItsAddress_withOptions(String source, String options) {
        assertThat(factory.hint(source))
                .isEqualTo(new SourceHint.Follow("rtsp://admin:pass%3Aw%40rd@192.0.2.10/a?x=1&y=/%26" + options));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"hass:Nobody", "hass:", "hass:Disabled", "hass:Yard Onvif", "hass://supervisor?entity_id=x"})
    void whatCannotBeHad_saysWhy(String source) {
        assertThat(factory.hint(source))
                .isInstanceOfSatisfying(
                        SourceHint.Nothing.class,
                        nothing -> assertThat(nothing.why().sentence())
                                .isNotEmpty()
                                .doesNotContain("pass")
                                .doesNotContain("on:vif"));
    }

    @Test
    void opened_addsTheTransportThatItsOwnerChose_toThatAddressOnly() {
        String front = "rtsp://admin:pass%3Aw%40rd@192.0.2.10/a?x=1&y=/%26";
        assertThat(addresses.opened(front)).isEqualTo(front + "#transport=udp");
        assertThat(addresses.opened(front + "#media=video")).isEqualTo(front + "#media=video");
        assertThat(addresses.opened("rtsp://h/a")).isEqualTo("rtsp://h/a");
        addresses.replace(List.of());
        assertThat(addresses.opened(front)).isEqualTo(front);
    }
}
