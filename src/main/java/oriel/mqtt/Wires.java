package oriel.mqtt;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientBuilder;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManagerFactory;

/** Makes connections of the HiveMQ client: one thread, no reconnecting of its own, TLS verified. */
final class Wires {
    static final long CONNECT_SECONDS = 5;

    private static final int MAX_CA_BYTES = 1 << 20;
    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    private Wires() {}

    /**
     * A connection that has not begun.
     *
     * @param address one of the broker's
     * @throws IOException if the CA's file cannot be read
     * @throws GeneralSecurityException if it holds no certificate
     */
    static Wire of(MqttSettings settings, InetAddress address, boolean five)
            throws IOException, GeneralSecurityException {
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        // The name goes with the address, for the broker's certificate is held against it.
        InetAddress named = InetAddress.getByAddress(settings.host(), address.getAddress());
        MqttClientBuilder builder = MqttClient.builder()
                .identifier(settings.clientId())
                .addDisconnectedListener(context -> ended.complete(context.getCause()))
                .executorConfig()
                .nettyThreads(1)
                .applyExecutorConfig();
        var transport = builder.transportConfig()
                .serverAddress(new InetSocketAddress(named, settings.port()))
                .socketConnectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                .mqttConnectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS);
        builder = (settings.tls() ? transport.sslConfig(tls(settings)) : transport).applyTransportConfig();
        return five ? new Wire5(builder, settings, ended) : new Wire3(builder, settings, ended);
    }

    private static MqttClientSslConfig tls(MqttSettings settings) throws IOException, GeneralSecurityException {
        var config =
                MqttClientSslConfig.builder().protocols(PROTOCOLS).handshakeTimeout(CONNECT_SECONDS, TimeUnit.SECONDS);
        return settings.ca().isPresent()
                ? config.trustManagerFactory(trust(settings.ca().get())).build()
                : config.build();
    }

    private static TrustManagerFactory trust(Path pem) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        if (Files.size(pem) > MAX_CA_BYTES) {
            throw new IOException("it is too large");
        }
        try (InputStream in = Files.newInputStream(pem)) {
            int count = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + count++, certificate);
            }
        }
        if (store.size() == 0) {
            throw new IOException("it holds no certificate");
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }
}
