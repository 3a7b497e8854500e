package oriel.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.base.Clock;
import oriel.testing.VirtualClock;

/** Handshakes that shall come about, whatever the network does to them. */
@Timeout(60)
class DtlsHandshakeTest {
    private static final BcTlsCrypto CRYPTO = new BcTlsCrypto(ServerProbe.RANDOM);
    private static final DtlsCertificate VIEWER = DtlsCertificate.generate(ServerProbe.RANDOM, Instant.now());

    private final TrackedThreads threads = new TrackedThreads();

    @AfterEach
    void noThreadIsLeft() throws InterruptedException {
        threads.assertAllEnded();
    }

    private static ClientHandshake client(Integer... profiles) {
        return new ClientHandshake(
                CRYPTO, VIEWER, new PeerIdentity(List.of(ServerProbe.CERTIFICATE.fingerprint())), List.of(profiles));
    }

    private static ClientHandshake client() {
        return client(DtlsResult.AES128_CM_HMAC_SHA1_80, DtlsResult.AEAD_AES_128_GCM);
    }

    @Test
    void handshake_inMemory_givesBothTheSameKeys() throws Exception {
        try (ServerProbe server = ServerProbe.expecting(VIEWER, threads)) {
            ClientHandshake client = client();
            client.perform(new ClientNetwork(server));
            DtlsResult ours = server.awaitConnected();
            DtlsResult theirs = client.result();
            assertThat(ours.exporter()).isEqualTo(theirs.exporter());
            assertThat(ours.client()).isFalse();
            assertThat(theirs.client()).isTrue();
            assertThat(ours.cipherSuite()).isEqualTo(CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256);
            assertThat(server.limit.underWay()).isZero();
        }
    }

    @Test
    void handshake_clientThatPrefersCounterMode_isGivenGcm() throws Exception {
        try (ServerProbe server = ServerProbe.expecting(VIEWER, threads)) {
            client(DtlsResult.AES128_CM_HMAC_SHA1_80, DtlsResult.AEAD_AES_128_GCM)
                    .perform(new ClientNetwork(server));
            DtlsResult result = server.awaitConnected();
            assertThat(result.profileId()).isEqualTo(DtlsResult.AEAD_AES_128_GCM);
            assertThat(result.exporter().length()).isEqualTo(2 * (16 + 12));
        }
    }

    @Test
    void handshake_clientWithoutGcm_isGivenCounterMode() throws Exception {
        try (ServerProbe server = ServerProbe.expecting(VIEWER, threads)) {
            client(DtlsResult.AES128_CM_HMAC_SHA1_80).perform(new ClientNetwork(server));
            DtlsResult result = server.awaitConnected();
            assertThat(result.profileId()).isEqualTo(DtlsResult.AES128_CM_HMAC_SHA1_80);
            assertThat(result.exporter().length()).isEqualTo(2 * (16 + 14));
        }
    }

    @Test
    void handshake_clientWithoutChaChaThatPrefersAes256_isGivenAes128() throws Exception {
        try (ServerProbe server = ServerProbe.expecting(VIEWER, threads)) {
            ClientHandshake client =
                    new ClientHandshake(
                            CRYPTO,
                            VIEWER,
                            new PeerIdentity(List.of(ServerProbe.CERTIFICATE.fingerprint())),
                            SrtpProfiles.PREFERRED) {
                        @Override
                        protected int[] getSupportedCipherSuites() {
                            return new int[] {
                                CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
                                CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
                            };
                        }
                    };
            client.perform(new ClientNetwork(server));
            assertThat(server.awaitConnected().cipherSuite())
                    .isEqualTo(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256);
        }
    }

    @Test
    void flight_ofServer_leavesInOneDatagram() throws Exception {
        try (ServerProbe server = ServerProbe.expecting(VIEWER, threads)) {
            List<Integer> sizes = new ArrayList<>();
            client().perform(new ClientNetwork(server, ClientNetwork.HONEST, (number, datagram) -> {
                sizes.add(datagram.length);
                return List.of(datagram);
            }));
            // server_hello to server_hello_done; then change_cipher_spec with finished.
            assertThat(sizes).hasSize(2).allMatch(size -> size <= QueuedTransport.MAX_SENT_BYTES);
        }
    }

    @Test
    void clientHello_inTwoDatagrams_isPutTogether() throws Exception {
        try (ServerProbe server = ServerProbe.expecting(VIEWER, threads)) {
            ClientNetwork network = new ClientNetwork(server);
            paddedClient().perform(network);
            server.awaitConnected();
            assertThat(network.clientSent.get(0)).hasSize(1200);
            assertThat(network.clientSent.get(1)[13])
                    .as("still the client's hello")
                    .isEqualTo((byte) 1);
        }
    }

    @Test
    void clientHello_itsHalvesSwappedAndRepeated_isPutTogether() throws Exception {
        try (ServerProbe server = ServerProbe.expecting(VIEWER, threads)) {
            List<byte[]> held = new ArrayList<>();
            paddedClient()
                    .perform(new ClientNetwork(
                            server,
                            (number, datagram) -> {
                                if (number == 0) {
                                    held.add(datagram);
                                    return List.of();
                                }
                                return number == 1 ? List.of(datagram, datagram, held.get(0)) : List.of(datagram);
                            },
                            ClientNetwork.HONEST));
            server.awaitConnected();
        }
    }

    // As long as Chromium's, whose hello has 1413 bytes because of a post-quantum key share.
    private static ClientHandshake paddedClient() {
        return new ClientHandshake(
                CRYPTO,
                VIEWER,
                new PeerIdentity(List.of(ServerProbe.CERTIFICATE.fingerprint())),
                SrtpProfiles.PREFERRED) {
            @Override
            @SuppressWarnings({"rawtypes", "JdkObsolete"})
            public Hashtable getClientExtensions() throws IOException {
                Hashtable extensions = super.getClientExtensions();
                TlsExtensionsUtils.addPaddingExtension(extensions, 1250);
                return extensions;
            }
        };
    }

    @Test
    void handshake_serversFirstFlightLost_isRepeated() throws Exception {
        try (ServerProbe server = ServerProbe.expecting(VIEWER, threads)) {
            client().perform(new ClientNetwork(
                    server, ClientNetwork.HONEST, (number, datagram) -> number == 0 ? List.of() : List.of(datagram)));
            server.awaitConnected();
        }
    }

    @Test
    void handshake_clientsHelloLost_waitsForTheNext() throws Exception {
        try (ServerProbe server = ServerProbe.expecting(VIEWER, threads)) {
            client().perform(new ClientNetwork(
                    server, (number, datagram) -> number == 0 ? List.of() : List.of(datagram), ClientNetwork.HONEST));
            server.awaitConnected();
        }
    }

    @Test
    void handshake_serversLastFlightLost_isRepeatedAfterConnected() throws Exception {
        try (ServerProbe server = ServerProbe.expecting(VIEWER, threads)) {
            AtomicBoolean lost = new AtomicBoolean();
            client().perform(new ClientNetwork(server, ClientNetwork.HONEST, (number, datagram) -> {
                if (datagram[0] == 20 && !lost.getAndSet(true)) { // change_cipher_spec
                    server.connected.orTimeout(10, TimeUnit.SECONDS).join();
                    return List.of();
                }
                return List.of(datagram);
            }));
            assertThat(lost).isTrue();
        }
    }

    @Test
    void handshake_everythingTwice_comesAbout() throws Exception {
        try (ServerProbe server = ServerProbe.expecting(VIEWER, threads)) {
            client().perform(new ClientNetwork(
                    server,
                    (number, datagram) -> List.of(datagram, datagram),
                    (number, datagram) -> List.of(datagram, datagram)));
            server.awaitConnected();
        }
    }

    @Test
    void application_afterHandshake_isReadCountedAndThrownAway() throws Exception {
        try (ServerProbe server = ServerProbe.expecting(VIEWER, threads)) {
            DTLSTransport connection = client().perform(new ClientNetwork(server));
            for (int i = 0; i < 3; i++) {
                connection.send(new byte[500], 0, 500);
            }
            connection.close();
            server.awaitClosed();
            assertThat(server.drops.snapshot()).isEqualTo(Map.of("dtls-application", 3L));
        }
    }

    @Test
    void closeNotify_ofClient_endsTheConversation() throws Exception {
        try (ServerProbe server = ServerProbe.expecting(VIEWER, threads)) {
            DTLSTransport connection = client().perform(new ClientNetwork(server));
            server.awaitConnected();
            connection.close();
            server.awaitClosed();
            assertThat(server.failed).isNotDone();
        }
    }

    @Test
    void close_ofConnectedEngine_tellsTheClient() throws Exception {
        try (ServerProbe server = ServerProbe.expecting(VIEWER, threads)) {
            List<Short> alerts = new ArrayList<>();
            ClientHandshake client =
                    new ClientHandshake(
                            CRYPTO,
                            VIEWER,
                            new PeerIdentity(List.of(ServerProbe.CERTIFICATE.fingerprint())),
                            SrtpProfiles.PREFERRED) {
                        @Override
                        public void notifyAlertReceived(short level, short description) {
                            alerts.add(description);
                        }
                    };
            DTLSTransport connection = client.perform(new ClientNetwork(server));
            server.awaitConnected();
            server.close();
            server.awaitClosed();
            connection.receive(new byte[2000], 0, 2000, 100);
            assertThat(alerts).containsExactly((short) 0);
        }
    }

    @Test
    void close_beforeAnyDatagram_closesAndSaysNothing() throws Exception {
        ServerProbe server = ServerProbe.expecting(VIEWER, threads);
        server.close();
        server.awaitClosed();
        assertThat(server.sent).isEmpty();
        assertThat(server.limit.underWay()).isZero();
    }

    @Test
    void handshake_thatNeverComes_failsAfterTenSeconds() throws Exception {
        VirtualClock clock = new VirtualClock();
        ServerProbe server = ServerProbe.expecting(List.of(VIEWER.fingerprint()), clock, threads);
        clock.awaitWaiting(1);
        assertThat(clock.waits()).allMatch(wait -> wait.compareTo(Duration.ofSeconds(10)) <= 0);
        clock.advance(Duration.ofSeconds(10));
        assertThat(server.awaitFailed()).isEqualTo("no handshake in time");
        assertThat(server.limit.underWay()).isZero();
    }

    @Test
    void connectedEngine_isNotEndedByTime() throws Exception {
        VirtualClock clock = new VirtualClock();
        try (ServerProbe server = ServerProbe.expecting(List.of(VIEWER.fingerprint()), clock, threads)) {
            DTLSTransport connection = client().perform(new ClientNetwork(server));
            server.awaitConnected();
            clock.awaitWaiting(1);
            clock.advance(Duration.ofDays(30));
            connection.send(new byte[10], 0, 10);
            connection.close();
            server.awaitClosed();
            assertThat(server.drops.of("dtls-application")).isEqualTo(1);
        }
    }

    @Test
    void warmup_ofThisMachine_endsWithoutThreads() throws Exception {
        Duration took = DtlsWarmup.run(ServerProbe.CERTIFICATE, ServerProbe.RANDOM, Clock.system(), threads);
        assertThat(took).isPositive();
    }
}
