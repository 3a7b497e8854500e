package oriel.peer;

import java.net.InetSocketAddress;
import oriel.net.TcpLimits;
import oriel.webrtc.ice.Transport;

/**
 * The port that viewers come to.
 *
 * @param listen where; port 0 takes any that is free for all transports
 * @param udp whether UDP is listened to
 * @param tcp whether TCP is listened to
 * @param filter what is for viewers
 * @param strangers what unknown TCP connections may take
 */
public record PeerPort(InetSocketAddress listen, boolean udp, boolean tcp, AddressFilter filter, TcpLimits strangers) {
    public PeerPort {
        udp = udp && filter.allows(Transport.UDP);
        tcp = tcp && filter.allows(Transport.TCP);
    }

    /** UDP and TCP, nothing filtered. */
    public static PeerPort at(InetSocketAddress listen) {
        return new PeerPort(listen, true, true, AddressFilter.OPEN, TcpLimits.STANDARD);
    }

    PeerPort onPort(int port) {
        return new PeerPort(new InetSocketAddress(listen.getAddress(), port), udp, tcp, filter, strangers);
    }
}
