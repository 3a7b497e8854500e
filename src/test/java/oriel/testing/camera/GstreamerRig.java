package oriel.testing.camera;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oriel.testing.Skipped;

/**
 * RTSP cameras that we did not write: GStreamer's server, run by {@code src/test/rigs/rtsp_rig.py}, which lists its
 * mounts ({@code /h264aac} and so on). Ends with {@link #close}, and with this JVM.
 */
public final class GstreamerRig implements AutoCloseable {
    /** What the Digest port and its kin want to hear. */
    public static final String USERINFO = "admin:pass%3Aw%40rd@";

    // Debian's own interpreter: the bindings belong to it.
    private static final String PYTHON = "/usr/bin/python3";
    private static final Path SCRIPT = Path.of("src", "test", "rigs", "rtsp_rig.py");
    private static final Pattern PORT = Pattern.compile("\"(\\w+)\": (\\d+)");

    private final Process process;
    private final Path certificate;
    private final Map<String, Integer> ports;

    private GstreamerRig(Process process, Path certificate, Map<String, Integer> ports) {
        this.process = process;
        this.certificate = certificate;
        this.ports = ports;
    }

    /** Starts it, or skips the test and says aloud what this machine lacks. */
    public static GstreamerRig orSkip() throws IOException {
        if (!Files.isExecutable(Path.of(PYTHON))) {
            throw skipped("missing: " + PYTHON);
        }
        Path certificate = Files.createTempFile("rig", ".pem");
        Files.writeString(certificate, CameraCertificate.selfSigned("localhost").pem());
        Process process = new ProcessBuilder(PYTHON, SCRIPT.toString(), certificate.toString())
                .redirectError(new File("/dev/null"))
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        Map<String, Integer> ports = new HashMap<>();
        Matcher matcher = PORT.matcher(line == null ? "" : line);
        while (matcher.find()) {
            ports.put(matcher.group(1), Integer.parseInt(matcher.group(2)));
        }
        GstreamerRig rig = new GstreamerRig(process, certificate, ports);
        if (ports.isEmpty()) {
            rig.close();
            throw skipped(line == null ? "the rig ended without a word" : line);
        }
        return rig;
    }

    private static RuntimeException skipped(String why) {
        return Skipped.because(
                "tests against GStreamer's RTSP server",
                why + "; on Debian: apt-get install python3-gi gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-base"
                        + " gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-plugins-ugly"
                        + " gstreamer1.0-libav gstreamer1.0-x glib-networking");
    }

    /** Without login or TLS. */
    public String open(String mount) {
        return "rtsp://127.0.0.1:" + ports.get("open") + mount;
    }

    /** Wants {@link #USERINFO}, by Digest. */
    public String digest(String mount) {
        return "rtsp://" + USERINFO + "127.0.0.1:" + ports.get("digest") + mount;
    }

    /** By TLS, with a certificate that nobody vouches for. */
    public String tls(String mount) {
        return "rtsps://127.0.0.1:" + ports.get("tls") + mount;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(certificate);
    }
}
