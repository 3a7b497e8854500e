package oriel.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Tries whether this kernel cuts up a train of datagrams (UDP_SEGMENT): some say they do and send one long one. Takes a
 * moment; on a machine with much else to do, at most 5 s.
 */
final class SegmentationProbe {
    private static final int SEGMENT_BYTES = 100;
    private static final int SEGMENTS = 3;
    private static final long PATIENCE_SECONDS = 5;

    private SegmentationProbe() {}

    static boolean works(NettyLoop loop) {
        if (!EpollDatagramChannel.isSegmentedDatagramPacketSupported()) {
            return false;
        }
        Arrivals arrivals = new Arrivals();
        var bound = new Bootstrap()
                .group(loop.events())
                .channel(EpollDatagramChannel.class)
                .handler(arrivals)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            return false;
        }
        Channel channel = bound.channel();
        try {
            channel.writeAndFlush(new SegmentedDatagramPacket(
                            Unpooled.directBuffer().writeZero(SEGMENTS * SEGMENT_BYTES),
                            SEGMENT_BYTES,
                            (InetSocketAddress) channel.localAddress()))
                    .addListener(sent -> {
                        if (!sent.isSuccess()) {
                            arrivals.cutUp.complete(false);
                        }
                    });
            return arrivals.cutUp.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } finally {
            channel.close().awaitUninterruptibly();
        }
    }

    /** True with the last of the pieces, false with anything else that comes. */
    private static final class Arrivals extends SimpleChannelInboundHandler<DatagramPacket> {
        private final CompletableFuture<Boolean> cutUp = new CompletableFuture<>();
        private int pieces;

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            if (packet.content().readableBytes() != SEGMENT_BYTES) {
                cutUp.complete(false);
            } else if (++pieces == SEGMENTS) {
                cutUp.complete(true);
            }
        }
    }
}
