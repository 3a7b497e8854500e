package oriel.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One connection's place among all of them: against which address it counts, and against which user while it carries a
 * request of theirs or is their WebSocket. Any thread.
 */
final class ConnectionPlace {
    private static final AttributeKey<ConnectionPlace> PLACE = AttributeKey.valueOf(ConnectionPlace.class, "place");

    private final ConnectionLimit limit;
    private final Optional<String> address;
    private @Nullable String user; // guarded by this, as are those below
    private boolean taken;
    private boolean closed;

    /** @param address whose share it counts against; empty if many people come from it */
    ConnectionPlace(ConnectionLimit limit, Optional<String> address) {
        this.limit = limit;
        this.address = address;
    }

    /** The place of the connection that a request came by, where connections are counted. */
    static Optional<ConnectionPlace> of(HttpRequest<?> request) {
        return request instanceof NettyHttpRequest<?> netty
                ? Optional.ofNullable(
                        netty.getChannelHandlerContext().channel().attr(PLACE).get())
                : Optional.empty();
    }

    /** Takes the place until the channel closes; false if there is none, which is counted. */
    boolean take(Channel channel) {
        if (address.isPresent() && !limit.addresses().tryTake(address.get())) {
            limit.refused("http-address-full");
            return false;
        }
        if (!limit.tryAcquire()) {
            address.ifPresent(limit.addresses()::give);
            return false;
        }
        synchronized (this) {
            taken = true;
        }
        channel.attr(PLACE).set(this);
        channel.closeFuture().addListener(closing -> close());
        return true;
    }

    /** From now on it carries a request of this user; false if they have too many, which is counted. */
    synchronized boolean carries(String whose) {
        answered();
        if (closed) {
            return true; // Nobody hears the answer.
        }
        if (!limit.users().tryTake(whose)) {
            limit.refused("http-user-full");
            return false;
        }
        user = whose;
        return true;
    }

    /** The request is answered. */
    synchronized void answered() {
        String before = user;
        user = null;
        if (before != null) {
            limit.users().give(before);
        }
    }

    private synchronized void close() {
        answered();
        if (taken && !closed) {
            limit.release();
            address.ifPresent(limit.addresses()::give);
        }
        closed = true;
    }
}
