package oriel.bench;

import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** go2rtc, as {@code GO2RTC_BIN} names it, on free ports with one stream. */
final class Go2rtcProcess implements MeasuredServer {
    static final String MISSING = "the environment names no go2rtc to compare with (GO2RTC_BIN)";

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    /** It says nothing that could be waited for; its start is not measured. */
    private static final long BETWEEN_LOOKS_MILLIS = 20;

    private final Process process;
    private final String base;

    private Go2rtcProcess(Process process, String base) {
        this.process = process;
        this.base = base;
    }

    /** Its program, if the environment names one that can be run. */
    static Optional<Path> program() {
        return Optional.ofNullable(System.getenv("GO2RTC_BIN")).map(Path::of).filter(Files::isExecutable);
    }

    static Go2rtcProcess start(Path program, Path folder, String stream, String url)
            throws IOException, InterruptedException {
        int api = FreePort.find();
        int webrtc = FreePort.find();
        Files.createDirectories(folder);
        Path file = folder.resolve("go2rtc.yaml");
        Files.writeString(file, """
                api: {listen: "127.0.0.1:%d"}
                rtsp: {listen: ""}
                srtp: {listen: ""}
                webrtc: {listen: ":%d", filters: {loopback: true}, ice_servers: []}
                streams: {%s: "%s"}
                """.formatted(api, webrtc, stream, url));
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "-config", file.toString());
        builder.directory(folder.toFile()).redirectErrorStream(true);
        builder.redirectOutput(new File(folder.toFile(), "log"));
        Go2rtcProcess server = new Go2rtcProcess(builder.start(), "http://127.0.0.1:" + api);
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!server.answers()) {
            if (System.nanoTime() > end || !server.process.isAlive()) {
                server.close();
                throw new IOException("go2rtc does not start; see " + folder.resolve("log"));
            }
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        }
        return server;
    }

    private boolean answers() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(base + "/api").toURL().openConnection();
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String base() {
        return base;
    }

    @Override
    public ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public void close() {
        ProcessEnd.await(process);
    }
}
