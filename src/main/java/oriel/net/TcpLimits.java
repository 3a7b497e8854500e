package oriel.net;

import java.time.Duration;

/**
 * What strangers may take of a TCP port.
 *
 * @param connections most at once, the proven ones among them; a further one is closed
 * @param strangers most that have proved nothing yet; the oldest gives way to a further one
 * @param strangersOfOne the same from one address, or one IPv6 network of 64 bits
 * @param patience how long a connection may prove nothing, however busy it is
 */
public record TcpLimits(int connections, int strangers, int strangersOfOne, Duration patience) {
    /** A wall of tiles opens some dozens at once, from one address where a tunnel is in between. */
    public static final TcpLimits STANDARD = new TcpLimits(4096, 256, 64, Duration.ofSeconds(5));

    public TcpLimits {
        if (connections < 1 || strangers < 1 || strangersOfOne < 1 || patience.isNegative()) {
            throw new IllegalArgumentException("no limits: " + connections + ", " + strangers + ", " + strangersOfOne);
        }
    }
}
