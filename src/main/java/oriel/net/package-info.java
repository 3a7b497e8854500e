/**
 * Sockets and the loops that serve them: {@link oriel.net.MediaLoop} and its group, the UDP multiplexer with its port
 * {@link oriel.net.DatagramRouter}, trains of packets, TCP channels and TLS for camera connections. Knows nothing of what
 * flows. Everything registered on a loop is touched by that loop alone. Imports base.
 */
@NullMarked
package oriel.net;

import org.jspecify.annotations.NullMarked;
