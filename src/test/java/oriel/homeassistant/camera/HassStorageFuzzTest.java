package oriel.homeassistant.camera;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import oriel.base.MalformedException;
import oriel.base.StreamName;

class HassStorageFuzzTest {
    @FuzzTest
    void entries(byte[] data) {
        try {
            List<HassCamera> cameras = HassCameras.of(ConfigEntry.readAll(data), Map.of());
            for (HassCamera camera : cameras) {
                if (StreamName.problem(camera.title()).isPresent()) {
                    throw new AssertionError("no name: " + camera.title());
                }
            }
        } catch (MalformedException e) {
            e.reason();
        }
    }

    @FuzzTest
    void entities(byte[] data) {
        try {
            HassCameras.of(List.of(), CameraEntity.readAll(data));
        } catch (MalformedException e) {
            e.reason();
        }
    }

    @FuzzTest
    void url(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        HassUrl.normalized(text, "user", "password").ifPresent(url -> {
            if (!HassUrl.normalized(url, "", "").equals(java.util.Optional.of(url))) {
                throw new AssertionError("changes again: " + url);
            }
        });
    }
}
