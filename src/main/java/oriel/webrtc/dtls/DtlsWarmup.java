package oriel.webrtc.dtls;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import oriel.base.Clock;

/**
 * One handshake with ourselves, in memory, before the first viewer comes: loads and warms the classes that would cost
 * him most of a second, and shows at start, not at the first viewer, if this Java cannot do it.
 */
public final class DtlsWarmup {
    // The handshake gives up after 10 s by itself.
    private static final long MAX_WAIT_SECONDS = 15;

    private DtlsWarmup() {}

    /**
     * Blocks until both sides have the same keys and have said goodbye.
     *
     * @return how long that took
     * @throws IllegalStateException if they do not come together: no viewer will be able to connect
     */
    public static Duration run(DtlsCertificate certificate, SecureRandom random, Clock clock, Executor executor)
            throws InterruptedException {
        long begin = clock.nanoTime();
        List<Fingerprint> ours = List.of(certificate.fingerprint());
        End server = new End();
        End client = new End();
        DtlsAcceptor acceptor = new DtlsAcceptor(certificate, random, clock, new HandshakeLimit(1), executor);
        DtlsConnector connector = new DtlsConnector(certificate, random, clock, executor);
        try (DtlsEngine serving = acceptor.accept(ours, server)
                .orElseThrow(() -> new IllegalStateException("there is no thread for a DTLS handshake"))) {
            client.peer.complete(serving);
            try (DtlsEngine connecting = connector.connect(ours, SrtpProfiles.PREFERRED, client)) {
                server.peer.complete(connecting);
                DtlsResult result = server.connected.get(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
                if (!result.exporter()
                        .equals(client.connected
                                .get(MAX_WAIT_SECONDS, TimeUnit.SECONDS)
                                .exporter())) {
                    throw new IllegalStateException("DTLS gives both ends different keys");
                }
            }
            server.closed.get(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("DTLS does not work on this machine", e);
        }
        return Duration.ofNanos(clock.nanoTime() - begin);
    }

    private static final class End implements DtlsListener {
        final CompletableFuture<DtlsEngine> peer = new CompletableFuture<>();
        final CompletableFuture<DtlsResult> connected = new CompletableFuture<>();
        final CompletableFuture<Boolean> closed = new CompletableFuture<>();

        @Override
        public void send(byte[] datagram) {
            peer.join().receive(datagram);
        }

        @Override
        public void connected(DtlsResult result) {
            connected.complete(result);
        }

        @Override
        public void failed(String reason) {
            connected.completeExceptionally(new IllegalStateException(reason));
        }

        @Override
        public void closed() {
            closed.complete(true);
        }
    }
}
