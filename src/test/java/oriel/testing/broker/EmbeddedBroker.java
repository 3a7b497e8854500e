package oriel.testing.broker;

import com.hivemq.embedded.EmbeddedHiveMQ;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A whole broker, HiveMQ's community edition, in memory and on a port of its own. Takes seconds to start, so there is one for
 * all tests of a JVM: tests keep apart by the base of their topics and by their client ids.
 */
public final class EmbeddedBroker {
    private static final String CONFIG = """
            <hivemq>
              <listeners>
                <tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address></tcp-listener>
              </listeners>
              <persistence><mode>in-memory</mode></persistence>
              <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
            </hivemq>
            """;

    private final int port;

    private EmbeddedBroker(int port) {
        this.port = port;
    }

    /** The one of this JVM; ends with it. */
    public static EmbeddedBroker shared() {
        return Shared.BROKER;
    }

    /** Its port on 127.0.0.1. */
    public int port() {
        return port;
    }

    private static final class Shared {
        static final EmbeddedBroker BROKER = start();
    }

    private static EmbeddedBroker start() {
        try {
            int port = freePort();
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "broker-")
                    .toAbsolutePath();
            Path conf = Files.createDirectory(folder.resolve("conf"));
            Files.writeString(conf.resolve("config.xml"), CONFIG.formatted(port));
            EmbeddedHiveMQ broker = EmbeddedHiveMQ.builder()
                    .withConfigurationFolder(conf)
                    .withDataFolder(Files.createDirectory(folder.resolve("data")))
                    .withExtensionsFolder(Files.createDirectory(folder.resolve("extensions")))
                    .withoutLoggingBootstrap()
                    .build();
            broker.start().join();
            return new EmbeddedBroker(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
