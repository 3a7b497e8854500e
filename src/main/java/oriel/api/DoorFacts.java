package oriel.api;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.Optional;
import oriel.access.Door;
import oriel.base.AddressText;
import oriel.metrics.Drops;

/**
 * What each connection of one listener shares.
 *
 * @param door which door it is
 * @param guard who knows whom it serves
 * @param basePath what is taken off each address
 * @param connections how many there may be, of all listeners together
 * @param drops what is thrown away
 */
record DoorFacts(Door door, DoorGuard guard, BasePath basePath, ConnectionLimit connections, Drops drops) {
    /** The address whose share a connection counts against; empty where many people come from one. */
    Optional<String> visitor(Channel channel) {
        return door != Door.INGRESS
                        && channel.remoteAddress() instanceof InetSocketAddress peer
                        && peer.getAddress() != null
                        && !guard.carriesMany(peer.getAddress())
                ? Optional.of(AddressText.visitor(peer.getAddress()))
                : Optional.empty();
    }

    /** Whether the other end of this connection is served here at all; counted if it is not. */
    boolean serves(Channel channel) {
        boolean served = door != Door.INGRESS
                || (channel.remoteAddress() instanceof InetSocketAddress peer
                        && peer.getAddress() != null
                        && guard.ingress().serves(peer.getAddress()));
        if (!served) {
            drops.count("ingress-peer");
        }
        return served;
    }
}
