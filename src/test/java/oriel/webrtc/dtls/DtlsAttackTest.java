package oriel.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static oriel.webrtc.dtls.DtlsBytes.fragment;
import static oriel.webrtc.dtls.DtlsBytes.handshake;
import static oriel.webrtc.dtls.DtlsBytes.joined;
import static oriel.webrtc.dtls.DtlsBytes.record;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.base.Clock;

/** Datagrams that are meant to hurt. */
@Timeout(60)
class DtlsAttackTest {
    private static final DtlsCertificate VIEWER = DtlsCertificate.generate(ServerProbe.RANDOM, Instant.now());

    private final TrackedThreads threads = new TrackedThreads();

    @AfterEach
    void noThreadIsLeft() throws InterruptedException {
        threads.assertAllEnded();
    }

    private static ClientHandshake client() {
        return new ClientHandshake(
                new BcTlsCrypto(ServerProbe.RANDOM),
                VIEWER,
                new PeerIdentity(List.of(ServerProbe.CERTIFICATE.fingerprint())),
                SrtpProfiles.PREFERRED);
    }

    @Test
    void receive_helloOf128KibInAlternatingSingleBytes_failsAtTheFirst() throws Exception {
        ServerProbe server = ServerProbe.expecting(VIEWER, threads);
        byte[][] singles = new byte[90][];
        for (int i = 0; i < singles.length; i++) {
            singles[i] = fragment(DtlsBytes.CLIENT_HELLO, 16_000, 0, 2 * i, 1);
        }
        server.engine.receive(record(22, 0, 0, joined(singles)));
        assertThat(server.awaitFailed()).isEqualTo("DTLS fragment of under 64 bytes");
        assertThat(server.limit.underWay()).isZero();
    }

    @Test
    void receive_fragmentsThatDeclare16Mebibytes_failsAtTheFirst() throws Exception {
        ServerProbe server = ServerProbe.expecting(VIEWER, threads);
        for (int message = 0; message < 10; message++) {
            server.engine.receive(handshake(0xFFFFFF, message, 0, 1));
        }
        assertThat(server.awaitFailed()).isEqualTo("DTLS handshake message longer than 16384 bytes");
    }

    @Test
    void receive_endlessGarbage_fails() throws Exception {
        ServerProbe server = ServerProbe.expecting(VIEWER, threads);
        while (!server.failed.isDone()) {
            server.engine.receive(new byte[] {22, 3, 3, 0, 0});
        }
        assertThat(server.awaitFailed()).isEqualTo("DTLS handshake of more than 64 datagrams");
        assertThat(server.drops.of("dtls-refused")).isEqualTo(DtlsGuard.MAX_DATAGRAMS);
    }

    @Test
    void receive_helloThatMeansNothing_failsWithoutAnAnswerOfKeys() throws Exception {
        ServerProbe server = ServerProbe.expecting(VIEWER, threads);
        server.engine.receive(handshake(200, 0, 0, 200));
        assertThat(server.awaitFailed()).startsWith("not acceptable from the peer");
        assertThat(server.connected).isNotDone();
    }

    // CVE-2019-20786: pion took plain text for the other side's after the handshake.
    @Test
    void receive_plaintextAfterHandshake_cve2019n20786_changesNothing() throws Exception {
        try (ServerProbe server = ServerProbe.expecting(VIEWER, threads)) {
            DTLSTransport connection = client().perform(new ClientNetwork(server));
            server.awaitConnected();
            server.engine.receive(record(23, 0, 9, new byte[10]));
            server.engine.receive(record(21, 0, 10, new byte[] {2, 80})); // fatal alert
            server.engine.receive(record(21, 0, 11, new byte[] {1, 0})); // close_notify
            server.engine.receive(record(23, 1, 12, new byte[80])); // no such key
            server.engine.receive(record(21, 1, 13, new byte[40]));
            connection.send(new byte[20], 0, 20);
            connection.close();
            server.awaitClosed();
            assertThat(server.drops.snapshot()).isEqualTo(Map.of("dtls-refused", 3L, "dtls-application", 1L));
        }
    }

    // CVE-2026-26014: AES-GCM with a nonce that may come twice gives its key away. Ours is the record's number.
    @Test
    void send_encryptedRecords_cve2026n26014_neverUseANonceTwice() throws Exception {
        List<Long> nonces = new ArrayList<>();
        try (ServerProbe server = ServerProbe.expecting(VIEWER, threads)) {
            int[] lost = {0};
            DTLSTransport connection = client().perform(new ClientNetwork(
                    server, ClientNetwork.HONEST, (number, datagram) -> {
                        nonces(datagram, nonces);
                        // The server repeats its last flight, each time encrypted anew.
                        return datagram[0] == 20 && lost[0]++ < 2 ? List.of() : List.of(datagram);
                    }));
            server.awaitConnected();
            connection.close();
            server.awaitClosed();
            server.sent.forEach(datagram -> nonces(datagram, nonces));
        }
        assertThat(nonces).hasSizeGreaterThanOrEqualTo(3).doesNotHaveDuplicates();
    }

    // The first 8 bytes of each record under keys (RFC 5288, 3).
    private static void nonces(byte[] datagram, List<Long> nonces) {
        ByteBuffer bytes = ByteBuffer.wrap(datagram);
        for (int at = 0; at < datagram.length; at += 13 + bytes.getShort(at + 11)) {
            if (bytes.getShort(at + 3) == 1) {
                nonces.add(bytes.getLong(at + 13));
            }
        }
    }

    @Test
    void receive_helloAgainAfterHandshake_changesNothing() throws Exception {
        try (ServerProbe server = ServerProbe.expecting(VIEWER, threads)) {
            ClientNetwork network = new ClientNetwork(server);
            DTLSTransport connection = client().perform(network);
            server.awaitConnected();
            int before = server.sent.size();
            for (int i = 0; i < 20; i++) {
                server.engine.receive(network.clientSent.getFirst().clone());
            }
            connection.close();
            server.awaitClosed();
            // Nothing but the answer to the goodbye.
            assertThat(server.sent).hasSize(before + 1);
        }
    }

    @Test
    void receive_whileNobodyReads_keeps64AndCountsTheRest() {
        List<Runnable> tasks = new ArrayList<>();
        Executor never = tasks::add;
        ServerProbe server = ServerProbe.expecting(VIEWER, never);
        for (int i = 0; i < 70; i++) {
            server.engine.receive(new byte[100]);
        }
        server.engine.receive(new byte[QueuedTransport.MAX_RECEIVED_BYTES + 1]);
        assertThat(server.drops.snapshot()).isEqualTo(Map.of("dtls-overflow", 7L));
        assertThat(tasks).hasSize(1);
    }

    @Test
    void accept_tooManyUnderWay_isRefusedAtOnceAndAllowedLater() throws Exception {
        HandshakeLimit limit = new HandshakeLimit(1);
        DtlsAcceptor acceptor =
                new DtlsAcceptor(ServerProbe.CERTIFICATE, ServerProbe.RANDOM, Clock.system(), limit, threads);
        List<Fingerprint> viewer = List.of(VIEWER.fingerprint());
        ServerProbe listener = ServerProbe.expecting(VIEWER, threads);
        DtlsEngine first = acceptor.accept(viewer, listener).orElseThrow();
        assertThat(acceptor.accept(viewer, listener)).isEmpty();
        first.close();
        listener.awaitClosed();
        assertThat(limit.underWay()).isZero();
        acceptor.accept(viewer, listener).orElseThrow().close();
        listener.close();
    }

    @Test
    void limit_ofNone_isRefused() {
        assertThatThrownBy(() -> new HandshakeLimit(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void accept_withoutAFingerprint_isRefused() {
        HandshakeLimit limit = new HandshakeLimit(1);
        DtlsAcceptor acceptor =
                new DtlsAcceptor(ServerProbe.CERTIFICATE, ServerProbe.RANDOM, Clock.system(), limit, threads);
        ServerProbe listener = ServerProbe.expecting(VIEWER, threads);
        assertThatThrownBy(() -> acceptor.accept(List.of(), listener)).isInstanceOf(IllegalArgumentException.class);
        assertThat(limit.underWay()).isZero();
        listener.close();
    }

    @Test
    void accept_executorThatHasEnded_isRefused() {
        HandshakeLimit limit = new HandshakeLimit(1);
        DtlsAcceptor acceptor =
                new DtlsAcceptor(ServerProbe.CERTIFICATE, ServerProbe.RANDOM, Clock.system(), limit, task -> {
                    throw new RejectedExecutionException();
                });
        ServerProbe listener = ServerProbe.expecting(VIEWER, threads);
        assertThat(acceptor.accept(List.of(VIEWER.fingerprint()), listener)).isEmpty();
        assertThat(limit.underWay()).isZero();
        listener.close();
    }
}
