package oriel.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.base.Clock;
import oriel.base.Resolver;
import oriel.base.Seams;
import oriel.metrics.Drops;
import oriel.net.MediaLoops;
import oriel.net.TcpLimits;

/** What {@code webrtc.filters} leaves of this machine's addresses. */
@Timeout(30)
class AddressFilterTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final MediaLoops loops = MediaLoops.open(1);

    @AfterEach
    void close() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        loops.close();
    }

    private static AddressFilter filter(
            Optional<Set<InetAddress>> candidates, boolean loopback, Optional<Set<InetAddress>> ips) {
        return new AddressFilter(candidates, loopback, Optional.empty(), ips, Set.of(AddressFilter.Way.values()));
    }

    private List<String> known(AddressFilter filter, Optional<InetAddress> askedAt, StaticCandidate... configured)
            throws Exception {
        PeerPort port = new PeerPort(new InetSocketAddress(0), true, true, filter, TcpLimits.STANDARD);
        try (PeerHost host = PeerHost.open(loops, port, new SecureRandom(), Clock.system(), threads, new Drops())) {
            NameLookup names =
                    new NameLookup(new Seams(Clock.system(), new SecureRandom(), Resolver.system()), threads);
            return new CandidateGatherer(host, names, List.of(configured), List.of()).known(askedAt);
        }
    }

    @Test
    void loopback_isAnnouncedOnlyWhenAskedFor() {
        assertThat(HostAddresses.read(AddressFilter.OPEN).announced()).doesNotContain(LOOPBACK);
        assertThat(HostAddresses.read(AddressFilter.OPEN).used()).contains(LOOPBACK);
        assertThat(HostAddresses.read(filter(Optional.empty(), true, Optional.empty()))
                        .announced())
                .contains(LOOPBACK);
    }

    @Test
    void ips_areTheOnlyOnesUsed() {
        HostAddresses only = HostAddresses.read(filter(Optional.empty(), true, Optional.of(Set.of(LOOPBACK))));
        assertThat(only.announced()).containsExactly(LOOPBACK);
        assertThat(only.used()).containsExactly(LOOPBACK);
    }

    @Test
    void interfaces_areTheOnlyOnesUsed() throws Exception {
        String name = NetworkInterface.getByInetAddress(LOOPBACK).getName();
        AddressFilter inner = new AddressFilter(
                Optional.empty(),
                true,
                Optional.of(Set.of(name)),
                Optional.empty(),
                Set.of(AddressFilter.Way.values()));
        assertThat(HostAddresses.read(inner).used()).isNotEmpty().allMatch(InetAddress::isLoopbackAddress);
        AddressFilter none = new AddressFilter(
                Optional.empty(), true, Optional.of(Set.of("none0")), Optional.empty(), Set.of(AddressFilter.Way.TCP4));
        assertThat(HostAddresses.read(none).used()).isEmpty();
    }

    @Test
    void candidates_ofAnEmptyList_leaveTheConfiguredOnes() throws Exception {
        assertThat(known(
                        filter(Optional.of(Set.of()), false, Optional.empty()),
                        Optional.of(InetAddress.ofLiteral("198.51.100.9")),
                        new StaticCandidate("203.0.113.7", 9000)))
                .hasSize(2)
                .allMatch(line -> line.contains(" 203.0.113.7 9000 typ host"));
    }

    @Test
    void networks_chooseTransportsAndFamilies() throws Exception {
        AddressFilter tcp4 = new AddressFilter(
                Optional.empty(), true, Optional.empty(), Optional.empty(), Set.of(AddressFilter.Way.TCP4));
        assertThat(known(tcp4, Optional.empty(), new StaticCandidate("2001:db8::1", 9000)))
                .isNotEmpty()
                .allMatch(line -> line.contains(" 1 tcp ") && !line.contains("::"));
    }

    @Test
    void staticIpv6Candidate_isAnnouncedWithoutBrackets() throws Exception {
        assertThat(known(AddressFilter.OPEN, Optional.empty(), new StaticCandidate("2001:db8::1", 9000)))
                .anyMatch(line -> line.contains(" 1 udp ") && line.contains(" 2001:db8:0:0:0:0:0:1 9000 typ host"))
                .anyMatch(line -> line.contains(" 1 tcp ") && line.contains(" 2001:db8:0:0:0:0:0:1 9000 typ host"));
    }
}
