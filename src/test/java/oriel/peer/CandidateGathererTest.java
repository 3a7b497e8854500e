package oriel.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.base.Clock;
import oriel.base.MalformedException;
import oriel.base.Resolver;
import oriel.base.Seams;
import oriel.metrics.Drops;
import oriel.net.MediaLoops;
import oriel.net.TcpLimits;
import oriel.testing.Proves;
import oriel.webrtc.ice.StunBuilder;
import oriel.webrtc.ice.StunClass;
import oriel.webrtc.ice.StunMessage;
import oriel.webrtc.ice.TransactionId;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class CandidateGathererTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final MediaLoops loops = MediaLoops.open(2);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private PeerHost host;
    private FakeStun stun;

    @BeforeEach
    void open() throws Exception {
        host = PeerHost.open(
                loops, new InetSocketAddress(LOOPBACK, 0), new SecureRandom(), Clock.system(), threads, new Drops());
        stun = new FakeStun();
    }

    @AfterEach
    void close() throws InterruptedException {
        stun.close();
        host.close();
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        loops.close();
    }

    /** Tells everybody that he looks like 203.0.113.7, on the port he really has. */
    private static final class FakeStun {
        // Each question once: it is repeated when the machine is too busy to answer in time.
        private final Set<TransactionId> questions = ConcurrentHashMap.newKeySet();
        private final DatagramSocket socket;
        private final Thread thread;

        FakeStun() throws SocketException {
            socket = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0));
            thread = Thread.ofVirtual().start(this::serve);
        }

        int port() {
            return socket.getLocalPort();
        }

        int asked() {
            return questions.size();
        }

        private void serve() {
            byte[] buffer = new byte[1500];
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                while (!socket.isClosed()) {
                    packet.setLength(buffer.length);
                    socket.receive(packet);
                    StunMessage request = StunMessage.parse(buffer, 0, packet.getLength());
                    questions.add(request.transaction());
                    InetSocketAddress seen =
                            new InetSocketAddress(InetAddress.ofLiteral("203.0.113.7"), packet.getPort());
                    byte[] answer = new StunBuilder(StunClass.SUCCESS, request.transaction())
                            .xorMappedAddress(seen)
                            .build();
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException | MalformedException e) {
                // Closed, or the test sees that nothing was answered.
            }
        }

        void close() throws InterruptedException {
            socket.close();
            thread.join();
        }
    }

    private NameLookup names(Resolver resolver) {
        return new NameLookup(new Seams(Clock.system(), new SecureRandom(), resolver), threads);
    }

    private CandidateGatherer gatherer(List<StaticCandidate> configured, List<StunServer> servers) {
        return new CandidateGatherer(host, names(Resolver.system()), configured, servers);
    }

    @Test
    @Proves({"S-099", "S-101"})
    void theAddressThatWasAsked_andTheConfiguredOnes_areAnnounced() throws UnknownHostException {
        CandidateGatherer gatherer = gatherer(List.of(new StaticCandidate("198.51.100.4", 4555)), List.of());
        List<String> lines = gatherer.known(Optional.of(InetAddress.ofLiteral("172.17.0.1")));
        assertThat(lines).anyMatch(line -> line.contains(" 172.17.0.1 " + host.port() + " typ host"));
        assertThat(lines).anyMatch(line -> line.contains(" 198.51.100.4 4555 typ host"));
        assertThat(lines).anyMatch(line -> line.contains(" 198.51.100.4 4555 typ host tcptype passive"));
        assertThat(lines.stream().filter(line -> line.contains(" 1 udp "))).hasSize(3);
        assertThat(lines.stream().filter(line -> line.contains(" 1 tcp "))).hasSize(3);
        assertThat(gatherer.asksServers(OfferedServers.NONE)).isFalse();
    }

    @Test
    void portOfOneAddress_isAnnouncedThereAlone() {
        CandidateGatherer gatherer = gatherer(List.of(), List.of());
        assertThat(gatherer.known(Optional.empty()))
                .hasSize(2)
                .allMatch(line -> line.contains(" 127.0.0.1 " + host.port() + " typ host"))
                .anyMatch(line -> line.contains(" 1 udp "))
                .anyMatch(line -> line.contains(" 1 tcp ") && line.endsWith(" tcptype passive"));
    }

    @Test
    void portOfAllAddresses_isAnnouncedOnEachThatCanBeReached() throws Exception {
        try (PeerHost everywhere = PeerHost.open(
                loops,
                new InetSocketAddress(0),
                new SecureRandom(),
                Clock.system(),
                Executors.newVirtualThreadPerTaskExecutor(),
                new Drops())) {
            CandidateGatherer gatherer =
                    new CandidateGatherer(everywhere, names(Resolver.system()), List.of(), List.of());
            assertThat(gatherer.known(Optional.empty()))
                    .hasSize(2
                            * HostAddresses.read(AddressFilter.OPEN).announced().size())
                    .noneMatch(line -> line.contains(" 127.0.0.1 "));
        }
    }

    @Test
    void nameServerThatIsDead_holdsNobodyUp() throws Exception {
        CountDownLatch dead = new CountDownLatch(1);
        Resolver waits = name -> {
            try {
                dead.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(name);
        };
        CandidateGatherer gatherer = new CandidateGatherer(
                host,
                names(waits),
                List.of(new StaticCandidate("cam.example", 8555)),
                List.of(new StunServer("stun.example", 3478)));
        assertThat(gatherer.known(Optional.empty())).hasSize(2).noneMatch(line -> line.contains("cam.example"));
        CompletableFuture<Void> asked = gatherer.ask(OfferedServers.NONE, line -> {});
        assertThat(asked).isNotDone();
        dead.countDown();
        asked.get(20, TimeUnit.SECONDS);
    }

    @Test
    void serverInside_isNotAskedBecauseAnOfferNamesIt_butWhenTheOwnerDoes() throws Exception {
        OfferedServers offered = OfferedServers.of(List.of("stun:127.0.0.1:" + stun.port()));
        CandidateGatherer gatherer = gatherer(List.of(), List.of());
        ConcurrentLinkedQueue<String> found = new ConcurrentLinkedQueue<>();
        assertThat(gatherer.asksServers(offered)).isTrue();
        gatherer.ask(offered, found::add).get(20, TimeUnit.SECONDS);
        assertThat(found).isEmpty();
        assertThat(stun.asked()).isZero();
        gatherer(List.of(), offered.servers()).ask(offered, found::add).get(20, TimeUnit.SECONDS);
        assertThat(found).hasSize(1);
        assertThat(stun.asked()).isEqualTo(1);
    }

    @Test
    void stunCandidate_whereOnlyTcpIsListenedTo_isAskedForAllTheSame_andIsTcp() throws Exception {
        PeerPort tcp =
                new PeerPort(new InetSocketAddress(LOOPBACK, 0), false, true, AddressFilter.OPEN, TcpLimits.STANDARD);
        try (PeerHost tcpOnly = PeerHost.open(loops, tcp, new SecureRandom(), Clock.system(), threads, new Drops())) {
            CandidateGatherer gatherer = new CandidateGatherer(
                    tcpOnly,
                    names(Resolver.system()),
                    List.of(new StaticCandidate(StaticCandidate.STUN, 4555)),
                    List.of(new StunServer("127.0.0.1", stun.port())));
            ConcurrentLinkedQueue<String> found = new ConcurrentLinkedQueue<>();
            gatherer.ask(OfferedServers.NONE, found::add).get(20, TimeUnit.SECONDS);
            assertThat(found)
                    .singleElement()
                    .asString()
                    .contains(" 1 tcp ")
                    .endsWith(" 203.0.113.7 4555 typ host tcptype passive");
        }
    }

    @Test
    void nameThatIsUnknown_isLeftOut() {
        Resolver nobody = name -> {
            throw new UnknownHostException(name);
        };
        CandidateGatherer gatherer = new CandidateGatherer(
                host, names(nobody), List.of(new StaticCandidate("cam.example", 8555)), List.of());
        assertThat(gatherer.known(Optional.empty())).noneMatch(line -> line.contains("cam.example"));
    }

    @Test
    @Proves({"S-100", "S-104"})
    void stunServer_givesAReflexiveCandidate_andAskedTwice_answersOnce() throws Exception {
        CandidateGatherer gatherer = gatherer(
                List.of(new StaticCandidate(StaticCandidate.STUN, 4555)),
                List.of(new StunServer("127.0.0.1", stun.port())));
        assertThat(gatherer.asksServers(OfferedServers.NONE)).isTrue();
        for (int i = 0; i < 2; i++) {
            ConcurrentLinkedQueue<String> found = new ConcurrentLinkedQueue<>();
            gatherer.ask(OfferedServers.NONE, found::add).get();
            assertThat(found)
                    .anyMatch(line -> line.contains(" 203.0.113.7 " + host.port() + " typ srflx raddr"))
                    .anyMatch(line -> line.contains(" 203.0.113.7 4555 typ srflx"));
        }
        assertThat(stun.asked()).isEqualTo(1);
    }
}
