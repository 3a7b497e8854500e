package oriel.api;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import oriel.metrics.Drops;

/**
 * Closes a connection that takes too long over a request: who sends a byte now and then keeps every idle timer happy and
 * the connection open for ever. Stands before the decoder, where bytes are seen; is told by the handler behind the decoder
 * what they meant. Also takes the connection's place. Belongs to one connection, on its loop.
 */
final class RequestDeadline extends ChannelInboundHandlerAdapter {
    /** From the connection, or a later request's first byte, to the end of its headers. */
    static final Duration HEAD = Duration.ofSeconds(10);

    /** From there to the end of its body, which is 256 KiB at most. */
    static final Duration BODY = Duration.ofSeconds(30);

    private final Drops drops;
    private final ConnectionPlace place;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Future<?> deadline;
    private boolean inRequest;
    private boolean upgraded;

    RequestDeadline(ConnectionPlace place, Drops drops) {
        this.place = place;
        this.drops = drops;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        if (!place.take(added.channel())) {
            upgraded = true;
            added.close();
            return;
        }
        arm(HEAD);
    }

    @Override
    public void channelRead(ChannelHandlerContext at, Object bytes) throws Exception {
        if (deadline == null && !inRequest) {
            arm(HEAD);
        }
        super.channelRead(at, bytes);
    }

    @Override
    public void channelInactive(ChannelHandlerContext at) throws Exception {
        disarm();
        super.channelInactive(at);
    }

    /** A request's headers are complete. */
    void headCame() {
        inRequest = true;
        arm(BODY);
    }

    /** A request is complete. */
    void requestCame() {
        inRequest = false;
        disarm();
    }

    /** From now on it is a WebSocket, which may be silent. */
    void upgraded() {
        upgraded = true;
        disarm();
    }

    private void arm(Duration patience) {
        disarm();
        ChannelHandlerContext at = context;
        if (at != null && !upgraded) {
            deadline = at.executor().schedule(this::late, patience.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void disarm() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    private void late() {
        ChannelHandlerContext at = context;
        if (at != null) {
            drops.count("http-slow");
            at.close();
        }
    }
}
