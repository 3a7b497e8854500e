package oriel.api;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;
import oriel.metrics.Drops;

/**
 * Waits a second when the system has no descriptor for a further connection: those who knock stay in the kernel's queue,
 * and the log hears of it by its count, not by a stack for each try. Belongs to one listening channel, on its loop.
 */
final class AcceptPause extends ChannelInboundHandlerAdapter {
    private final Drops drops;

    AcceptPause(Drops drops) {
        this.drops = drops;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        drops.count("accept-failed");
        context.channel().config().setAutoRead(false);
        context.executor().schedule(() -> context.channel().config().setAutoRead(true), 1, TimeUnit.SECONDS);
    }
}
