package oriel.webrtc.dtls;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import oriel.base.Clock;
import oriel.metrics.Drops;

/** An engine under test, with what it said and sent. */
final class ServerProbe implements DtlsListener, AutoCloseable {
    static final SecureRandom RANDOM = new SecureRandom();
    static final DtlsCertificate CERTIFICATE = DtlsCertificate.generate(RANDOM, Instant.now());

    final HandshakeLimit limit;
    final BlockingQueue<byte[]> sent = new LinkedBlockingQueue<>();
    final CompletableFuture<DtlsResult> connected = new CompletableFuture<>();
    final CompletableFuture<String> failed = new CompletableFuture<>();
    final CompletableFuture<Boolean> closed = new CompletableFuture<>();
    final Drops drops = new Drops();
    final DtlsEngine engine;

    private ServerProbe(List<Fingerprint> viewer, Clock clock, HandshakeLimit limit, Executor executor) {
        this.limit = limit;
        this.engine = new DtlsAcceptor(CERTIFICATE, RANDOM, clock, limit, executor)
                .accept(viewer, this)
                .orElseThrow();
    }

    /** Waits for the viewer with this certificate. */
    static ServerProbe expecting(DtlsCertificate viewer, Executor executor) {
        return expecting(List.of(viewer.fingerprint()), executor);
    }

    static ServerProbe expecting(List<Fingerprint> viewer, Executor executor) {
        return expecting(viewer, Clock.system(), executor);
    }

    static ServerProbe expecting(List<Fingerprint> viewer, Clock clock, Executor executor) {
        return new ServerProbe(viewer, clock, new HandshakeLimit(1), executor);
    }

    @Override
    public void send(byte[] datagram) {
        sent.add(datagram);
    }

    @Override
    public void connected(DtlsResult result) {
        connected.complete(result);
    }

    @Override
    public void failed(String reason) {
        failed.complete(reason);
    }

    @Override
    public void closed() {
        closed.complete(true);
    }

    @Override
    public void dropped(String reason) {
        drops.count(reason);
    }

    DtlsResult awaitConnected() throws Exception {
        return connected.get(10, TimeUnit.SECONDS);
    }

    String awaitFailed() throws Exception {
        return failed.get(10, TimeUnit.SECONDS);
    }

    void awaitClosed() throws Exception {
        closed.get(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        engine.close();
    }
}
