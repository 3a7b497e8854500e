package oriel.testing;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import oriel.net.CertificatePins;

/** Pins that last as long as the test. */
public final class MemoryPins implements CertificatePins {
    private final Map<String, String> pins = new ConcurrentHashMap<>();

    @Override
    public Optional<String> pin(String host, int port) {
        return Optional.ofNullable(pins.get(host + " " + port));
    }

    @Override
    public void remember(String host, int port, String sha256) {
        pins.put(host + " " + port, sha256);
    }

    /** How many there are. */
    public int count() {
        return pins.size();
    }
}
