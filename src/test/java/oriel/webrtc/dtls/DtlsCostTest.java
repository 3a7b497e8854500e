package oriel.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static oriel.webrtc.dtls.DtlsBytes.fragment;
import static oriel.webrtc.dtls.DtlsBytes.handshake;
import static oriel.webrtc.dtls.DtlsBytes.joined;
import static oriel.webrtc.dtls.DtlsBytes.record;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What an attack on a handshake costs us: time of a core, not of the clock, and bytes allocated, both counted by the JVM
 * for the thread that does the work. The promise is 50 ms and 1 MiB each.
 */
@Timeout(60)
class DtlsCostTest {
    private static final DtlsCertificate VIEWER = DtlsCertificate.generate(ServerProbe.RANDOM, Instant.now());
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private static final long MAX_CPU_NANOS = 50_000_000;
    private static final long MAX_BYTES = 1 << 20;
    // Classes are loaded and code is compiled once, not by each attacker.
    private static final int WARM_UPS = 20;

    private record Cost(long cpuNanos, long bytes) {}

    private static Cost attack(Consumer<ServerProbe> attack) throws Exception {
        Cost[] cost = new Cost[1];
        Thread[] worker = new Thread[1];
        // A platform thread, for of those the JVM counts; the attack is waiting when it starts.
        Executor measuring = task -> worker[0] = Thread.ofPlatform().unstarted(() -> {
            long cpu = THREADS.getCurrentThreadCpuTime();
            long bytes = THREADS.getCurrentThreadAllocatedBytes();
            task.run();
            cost[0] =
                    new Cost(THREADS.getCurrentThreadCpuTime() - cpu, THREADS.getCurrentThreadAllocatedBytes() - bytes);
        });
        try (ServerProbe server = ServerProbe.expecting(VIEWER, measuring)) {
            attack.accept(server);
            worker[0].start();
            worker[0].join();
            assertThat(server.failed).isDone();
            assertThat(server.connected).isNotDone();
            assertThat(server.limit.underWay()).isZero();
        }
        return cost[0];
    }

    private static void assertCheap(String name, Consumer<ServerProbe> attack) throws Exception {
        for (int i = 0; i < WARM_UPS; i++) {
            attack(attack);
        }
        Cost cost = attack(attack);
        System.out.printf(
                Locale.ROOT, "DTLS attack, %s: %.2f ms of CPU, %,d bytes%n", name, cost.cpuNanos / 1e6, cost.bytes);
        assertThat(cost.cpuNanos).isLessThan(MAX_CPU_NANOS);
        assertThat(cost.bytes).isLessThan(MAX_BYTES);
    }

    @Test
    void certificateOfAnother_isCheap() throws Exception {
        DtlsCertificate stranger = DtlsCertificate.generate(ServerProbe.RANDOM, Instant.now());
        assertCheap("wrong fingerprint", server -> begin(server, new Client(stranger, true)));
    }

    @Test
    void noCertificate_isCheap() throws Exception {
        assertCheap("no certificate", server -> begin(server, new Client(VIEWER, false)));
    }

    private static void begin(ServerProbe server, Client client) {
        Thread.ofVirtual().start(() -> {
            try {
                client.perform(new ClientNetwork(server));
            } catch (IOException e) {
                // Refused, as the server says too.
            }
        });
    }

    private static final class Client extends ClientHandshake {
        private final boolean shows;

        Client(DtlsCertificate certificate, boolean shows) {
            super(
                    new BcTlsCrypto(ServerProbe.RANDOM),
                    certificate,
                    new PeerIdentity(List.of(ServerProbe.CERTIFICATE.fingerprint())),
                    SrtpProfiles.PREFERRED);
            this.shows = shows;
        }

        @Override
        public TlsAuthentication getAuthentication() {
            TlsAuthentication honest = super.getAuthentication();
            return new TlsAuthentication() {
                @Override
                public void notifyServerCertificate(TlsServerCertificate certificate) throws IOException {
                    honest.notifyServerCertificate(certificate);
                }

                @Override
                public @Nullable TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
                    return shows ? honest.getClientCredentials(request) : null;
                }
            };
        }
    }

    @Test
    void alternatingSingleBytes_costNextToNothing() throws Exception {
        byte[][] singles = new byte[90][];
        for (int i = 0; i < singles.length; i++) {
            singles[i] = fragment(DtlsBytes.CLIENT_HELLO, 16_000, 0, 2 * i, 1);
        }
        byte[] datagram = record(22, 0, 0, joined(singles));
        assertCheap("alternating one-byte fragments", server -> {
            for (int i = 0; i < 64; i++) {
                server.engine.receive(datagram.clone());
            }
        });
    }

    @Test
    void sixteenMebibytesDeclared_costNextToNothing() throws Exception {
        assertCheap("16 MiB declared", server -> {
            for (int message = 0; message < 64; message++) {
                server.engine.receive(handshake(0xFFFFFF, message, 0, 1));
            }
        });
    }

    @Test
    void theMostFragmentsThatPass_areCheap() throws Exception {
        // 16 KiB in 31 fragments, backwards, each with room between: what the guard just admits; then nonsense.
        assertCheap("the most that the guard admits", server -> {
            for (int part = 30; part >= 0; part--) {
                server.engine.receive(handshake(16_384, 0, part * 512, 256));
            }
            for (int part = 0; part < 33; part++) {
                server.engine.receive(handshake(16_384, 0, part * 64, 64));
            }
        });
    }

    @Test
    void helloThatMeansNothing_isCheap() throws Exception {
        assertCheap("a hello of zeros", server -> server.engine.receive(handshake(200, 0, 0, 200)));
    }
}
