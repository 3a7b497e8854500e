package oriel.webrtc.ice;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;
import oriel.base.AddressText;

/**
 * Makes the candidates that we announce: with priorities that are distinct and foundations that are equal for the same type, base
 * address, transport and STUN server (RFC 8445, 5.1.1.3).
 */
public final class LocalCandidates {
    // Below this machine's own addresses, of which there are fewer.
    private static final int FORWARDED_PLACE = 1024;

    private LocalCandidates() {}

    /**
     * An address of this machine, or a configured one that reaches it.
     *
     * @param index its place among our addresses of its family, the best first, from 0
     */
    public static Candidate host(InetSocketAddress address, Transport transport, int index) {
        return make(CandidateType.HOST, transport, address, address, "", Optional.empty(), index);
    }

    /**
     * A router's address that leads to us by a forwarded port; where from is not told. Over TCP it is a host candidate, as
     * go2rtc writes it: not every viewer knows reflexive ones there.
     */
    public static Candidate forwarded(InetSocketAddress address, Transport transport, int index) {
        return switch (transport) {
            case UDP ->
                make(
                        CandidateType.SERVER_REFLEXIVE,
                        transport,
                        address,
                        address,
                        "",
                        Optional.of(hidden(address)),
                        index);
            case TCP -> host(address, transport, FORWARDED_PLACE + index);
        };
    }

    /**
     * What a STUN server saw of our UDP socket.
     *
     * @param mapped what it saw
     * @param base our address behind it
     * @param server the STUN server
     */
    public static Candidate serverReflexive(
            InetSocketAddress mapped, InetSocketAddress base, InetSocketAddress server, int index) {
        return make(
                CandidateType.SERVER_REFLEXIVE,
                Transport.UDP,
                mapped,
                base,
                AddressText.host(server.getAddress()),
                Optional.of(new Candidate.Related(AddressText.host(base.getAddress()), base.getPort())),
                index);
    }

    private static Candidate make(
            CandidateType type,
            Transport transport,
            InetSocketAddress address,
            InetSocketAddress base,
            String server,
            Optional<Candidate.Related> related,
            int index) {
        if (address.isUnresolved() || address.getPort() == 0) {
            throw new IllegalArgumentException("nobody can reach " + address);
        }
        boolean ipv6 = address.getAddress() instanceof Inet6Address;
        int preference = CandidatePriority.localPreference(index, ipv6);
        return new Candidate(
                foundation(type, transport, AddressText.host(base.getAddress()), server),
                Candidate.ONLY_COMPONENT,
                transport,
                CandidatePriority.of(type, transport, preference),
                AddressText.host(address.getAddress()),
                address.getPort(),
                type,
                transport == Transport.TCP ? Optional.of(TcpType.PASSIVE) : Optional.empty(),
                related,
                Optional.empty());
    }

    private static Candidate.Related hidden(InetSocketAddress address) {
        return new Candidate.Related(address.getAddress() instanceof Inet6Address ? "::" : "0.0.0.0", 0);
    }

    static String foundation(CandidateType type, Transport transport, String base, String server) {
        CRC32 digest = new CRC32();
        String facts = type.word() + ' ' + transport.word() + ' ' + base + ' ' + server;
        digest.update(facts.getBytes(StandardCharsets.US_ASCII));
        return Long.toString(digest.getValue());
    }
}
