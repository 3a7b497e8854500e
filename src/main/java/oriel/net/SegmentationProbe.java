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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tries whether this kernel cuts up a train of datagrams (UDP_SEGMENT): some say they do and send one long one. Blocks, at
 * most 500 ms.
 */
final class SegmentationProbe {
    private static final int SEGMENT_BYTES = 100;
    private static final int SEGMENTS = 3;
    private static final long PATIENCE_MILLIS = 500;

    private SegmentationProbe() {}

    static boolean works(NettyLoop loop) {
        if (!EpollDatagramChannel.isSegmentedDatagramPacketSupported()) {
            return false;
        }
        CountDownLatch whole = new CountDownLatch(SEGMENTS);
        var bound = new Bootstrap()
                .group(loop.events())
                .channel(EpollDatagramChannel.class)
                .handler(new SimpleChannelInboundHandler<DatagramPacket>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
                        if (packet.content().readableBytes() == SEGMENT_BYTES) {
                            whole.countDown();
                        }
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            return false;
        }
        Channel channel = bound.channel();
        try {
            channel.writeAndFlush(new SegmentedDatagramPacket(
                    Unpooled.directBuffer().writeZero(SEGMENTS * SEGMENT_BYTES), SEGMENT_BYTES, (InetSocketAddress)
                            channel.localAddress()));
            return whole.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            channel.close().awaitUninterruptibly();
        }
    }
}
