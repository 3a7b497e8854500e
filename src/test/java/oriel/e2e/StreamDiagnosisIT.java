package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oriel.testing.OrielProcess;
import oriel.testing.Proves;

/** "My stream does not appear": its address is wrong, or the camera cannot be reached; log and API say which. */
@Timeout(120)
class StreamDiagnosisIT {
    @TempDir
    private Path folder;

    @Test
    @Proves("S-159")
    void streamThatDoesNotAppear_saysWhy_inTheLogAndTheApi() throws Exception {
        int nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = free.getLocalPort();
        }
        String away = "rtsp://home:s3cret@127.0.0.1:" + nobody + "/main";
        try (OrielProcess oriel = OrielProcess.in(folder)
                .start(
                        "-c",
                        "{api: {listen: \"127.0.0.1:0\"}, webrtc: {listen: \"127.0.0.1:0\"}, preload: {away: },"
                                + " streams: {typo: \"rstp://192.0.2.1/main\", away: \"" + away + "\"}}")) {
            // The address can be no camera's.
            assertThat(oriel.awaitLine("typo: ")).contains("rstp");
            assertThat(oriel.call("PUT", "/api/streams?name=new&src=rstp%3A%2F%2F192.0.2.1%2Fmain")
                            .body())
                    .contains("a source is an address with rtsp://");
            assertThat(oriel.get("/api/oriel/explain?src=typo").body()).contains("\"ok\":false", "rstp");

            // The address is well, and nobody is there.
            String refused = "127.0.0.1 is there but refuses port " + nobody;
            assertThat(oriel.awaitLine("away: .*" + nobody)).doesNotContain("s3cret");
            Awaitility.await("the API says so")
                    .untilAsserted(
                            () -> assertThat(oriel.get("/api/streams?src=away").body())
                                    .contains("\"state\":\"retrying\"", "refuses port " + nobody));
            assertThat(oriel.get("/api/oriel/explain?src=away").body()).contains("network", refused);
        }
    }
}
