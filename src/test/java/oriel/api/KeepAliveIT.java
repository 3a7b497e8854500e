package oriel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oriel.testing.TestOriel;

/** Home Assistant 2024.3 uses a connection again after 14 s, and does not try a second time if it was closed meanwhile. */
class KeepAliveIT {
    @TempDir
    private Path folder;

    @Test
    @Timeout(90)
    void idleConnection_livesFor30Seconds_andIsUsedAgain() throws Exception {
        try (TestOriel oriel = TestOriel.start(folder);
                KeptConnection connection = KeptConnection.open(oriel.port())) {
            assertThat(connection.call("GET", "/streams", "", "")).contains("200 OK");
            assertThat(connection.staysOpen(31_000)).isTrue();
            assertThat(connection.call("GET", "/static", "", "")).contains("200 OK");
        }
    }
}
