package oriel.homeassistant.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.MalformedException;
import oriel.base.Secret;
import oriel.testing.Mangled;
import oriel.testing.Proves;

class HassCamerasTest {
    private static String url(HassCamera camera) {
        return camera.address() instanceof CameraAddress.Fixed(Secret url) ? url.reveal() : "";
    }

    private static String why(HassCamera camera) {
        return camera.address() instanceof CameraAddress.None(String sentence) ? sentence : "";
    }

    @Test
    @Proves("S-080")
    void generation2022_flatOptions_credentialsBesideTheAddress() throws Exception {
        List<HassCamera> cameras = HassStorage.cameras("2022");
        assertThat(cameras)
                .extracting(HassCamera::title)
                .containsExactly("Front Door", "Shed", "Old Webcam", "Nursery", "Old Foscam");
        HassCamera front = cameras.getFirst();
        assertThat(url(front)).isEqualTo("rtsp://admin:pass%3Aw%40rd@192.0.2.10:554/stream1");
        assertThat(front.entityId()).contains("camera.front_door");
        assertThat(front.aliases()).containsExactly("camera.front_door", "generic_0a1b2c3d4e5f60718293a4b5c6d7e8f9");
        assertThat(front.registrations("rtsp://h/a"))
                .containsEntry(
                        "camera.front_door",
                        List.of("ffmpeg:rtsp://h/a", "ffmpeg:camera.front_door#audio=opus#query=log_level=debug"))
                .containsEntry(
                        "generic_0a1b2c3d4e5f60718293a4b5c6d7e8f9",
                        List.of(
                                "ffmpeg:rtsp://h/a",
                                "ffmpeg:generic_0a1b2c3d4e5f60718293a4b5c6d7e8f9#audio=opus#query=log_level=debug"));
        assertThat(front.transport()).isEmpty();
        assertThat(front.secrets()).extracting(Secret::reveal).contains("pass:w@rd", "pass%3Aw%40rd");
    }

    @Test
    void generation2022_whatElseHasAnAddress() throws Exception {
        List<HassCamera> cameras = HassStorage.cameras("2022");
        assertThat(why(cameras.get(1))).contains("only single pictures");
        assertThat(url(cameras.get(2))).isEqualTo("http://u:mjpegpass@192.0.2.12/mjpeg");
        HassCamera foscam = cameras.get(3);
        // As Home Assistant puts it together, without encoding anything.
        assertThat(url(foscam)).isEqualTo("rtsp://admin:f0sc@m:x@192.0.2.13:554/videoMain");
        assertThat(foscam.registrations(url(foscam)))
                .containsEntry(
                        "camera.nursery",
                        List.of(url(foscam), "ffmpeg:camera.nursery#audio=opus#query=log_level=debug"))
                .containsKey("foscam_4a1b2c3d4e5f60718293a4b5c6d7e8f9");
        assertThat(why(cameras.get(4))).contains("RTSP port");
    }

    @Test
    void generation2024_disabledIgnoredDeleted_templates_onvif() throws Exception {
        List<HassCamera> cameras = HassStorage.cameras("2024");
        assertThat(cameras)
                .extracting(HassCamera::title)
                .containsExactly(
                        "Front Door", "Front Door", "Disabled", "Entity off", "Nothing", "Template", "Yard Onvif");
        assertThat(url(cameras.get(0))).isEqualTo("rtsp://admin:pass%3Aw%40rd@192.0.2.10/a?x=1&y=/%26");
        assertThat(cameras.get(0).transport()).isEqualTo("udp");
        // Renamed by its owner; the one that was deleted has the same entry.
        assertThat(cameras.get(0).entityId()).contains("camera.entrance");
        assertThat(url(cameras.get(1))).isEqualTo("rtsp://u:p%40ss%3Aw%2Frd%23%25%3F%C3%BC@cam.local:8554/b");
        assertThat(cameras.get(1).entityId()).contains("camera.front_door_2");
        assertThat(why(cameras.get(2))).contains("disabled in Home Assistant");
        assertThat(why(cameras.get(3))).contains("disabled in Home Assistant");
        assertThat(why(cameras.get(4))).contains("no stream source");
        assertThat(cameras.get(5).address())
                .isEqualTo(new CameraAddress.Template(
                        Secret.of("rtsp://{{ states('input_text.host') }}/a"), "admin", Secret.of("templatepass")));
        assertThat(cameras.get(5).aliases()).containsExactly("generic_01HF0000000000000000000TPL");
        assertThat(url(cameras.get(6))).isEqualTo("onvif://admin:on%3Avif@192.0.2.30:8000");
        assertThat(cameras.get(6).aliases()).isEmpty();
        assertThat(cameras.get(6).entityId()).contains("camera.yard_main");
    }

    @Test
    void generation2026_theDrawerOfOptionsCounts_keysToComeDoNot() throws Exception {
        List<HassCamera> cameras = HassStorage.cameras("2026");
        assertThat(cameras).extracting(HassCamera::title).containsExactly("Front Door", "Gärten ☀");
        assertThat(url(cameras.get(0))).isEqualTo("rtsp://admin:pass%3Aw%40rd@192.0.2.10/a//c");
        assertThat(cameras.get(0).transport()).isEqualTo("multicast");
        assertThat(url(cameras.get(1))).isEqualTo("rtsps://192.0.2.11/%C3%A9%20b");
        assertThat(cameras.get(1).transport()).isEqualTo("udp");
        assertThat(cameras.get(1).entityId()).isEmpty();
        assertThat(cameras.get(1).aliases()).containsExactly("generic_01JF0000000000000000000UDP");
    }

    @Test
    void registryNotThereYet_camerasHaveTheNameThatNeedsNone() throws Exception {
        List<HassCamera> cameras = HassCameras.of(ConfigEntry.readAll(HassStorage.entries("2026")), Map.of());
        assertThat(cameras.getFirst().aliases()).containsExactly("generic_01JF0000000000000000000FRT");
    }

    @Test
    void titlesThatCannotBeNames_areMadeOnes() throws Exception {
        byte[] entries = HassStorage.entriesOf(
                "a  rtsp://h/1", "b \\u0007\\n rtsp://h/2", "c " + "x".repeat(300) + " rtsp://h/3");
        List<HassCamera> cameras = HassCameras.of(
                ConfigEntry.readAll(entries), CameraEntity.readAll(HassStorage.registryOf("b camera.bell")));
        assertThat(cameras).extracting(HassCamera::title).containsExactly("generic_a", "camera.bell", "x".repeat(200));
    }

    @Test
    void moreThanAreTaken_arePassedOver() throws Exception {
        String[] many = Stream.iterate(0, i -> i + 1)
                .limit(HassCameras.MAX + 1)
                .map(i -> "e" + i + " t rtsp://h/" + i)
                .toArray(String[]::new);
        assertThat(HassCameras.of(ConfigEntry.readAll(HassStorage.entriesOf(many)), Map.of()))
                .hasSize(HassCameras.MAX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"version\":1}",
                "{\"version\":1,\"data\":{}}",
                "{\"version\":1,\"data\":{\"entries\":{}}}",
                "{\"version\":2,\"data\":{\"entries\":[]}}",
            })
    void whatIsNoSuchFile_isMalformed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> ConfigEntry.readAll(bytes)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> CameraEntity.readAll(bytes)).isInstanceOf(MalformedException.class);
    }

    @Test
    void cutOffAnywhere_isMalformed_neverAShorterList() throws Exception {
        for (byte[] cut : Mangled.truncations(HassStorage.entries("2026"))
                .filter(bytes -> bytes.length < size("2026"))
                .toList()) {
            assertThatThrownBy(() -> ConfigEntry.readAll(cut)).isInstanceOf(MalformedException.class);
        }
        byte[] registry = HassStorage.registry("2026");
        for (byte[] cut : Mangled.truncations(registry)
                .filter(bytes -> bytes.length < registry.length)
                .toList()) {
            assertThatThrownBy(() -> CameraEntity.readAll(cut)).isInstanceOf(MalformedException.class);
        }
    }

    private static int size(String generation) {
        try {
            return HassStorage.entries(generation).length;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void anyBitTurnedOver_givesCamerasOrIsMalformed() throws Exception {
        for (byte[] flipped : Mangled.bitFlips(HassStorage.entries("2026")).toList()) {
            try {
                HassCameras.of(ConfigEntry.readAll(flipped), Map.of());
            } catch (MalformedException e) {
                assertThat(e.reason()).doesNotContain("pass:w@rd");
            }
        }
        for (byte[] flipped : Mangled.bitFlips(HassStorage.registry("2026")).toList()) {
            try {
                CameraEntity.readAll(flipped);
            } catch (MalformedException e) {
                assertThat(e.reason()).isNotEmpty();
            }
        }
    }
}
