package oriel.net;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one connection is about to send of media: all packets of a loop's turn, each with its length before it, leave by one
 * call. Belongs to the loop of who sends, which need not be the connection's.
 */
final class TcpOutbox implements Datagrams {
    private static final int ROOM = 60_000;

    /** How long a connection may be behind; then it gets nothing until it has caught up. */
    private static final long MAX_BEHIND_NANOS = Duration.ofMillis(500).toNanos();

    private final Channel channel;
    private final MediaLoop loop;
    private final byte[] staging = new byte[ROOM];
    private final Runnable flush = this::flush;
    private final AtomicLong taken = new AtomicLong(); // flushes that the kernel has whole; the channel's loop counts
    private long given;
    private long behindSince;
    private boolean catchingUp;
    private boolean flushAsked;
    private int end;

    TcpOutbox(Channel channel, MediaLoop loop) {
        this.channel = channel;
        this.loop = loop;
    }

    @Override
    public MediaLoop loop() {
        return loop;
    }

    @Override
    public InetSocketAddress local() {
        return (InetSocketAddress) channel.localAddress();
    }

    @Override
    public Optional<InetAddress> bound() {
        return Optional.of(local().getAddress());
    }

    @Override
    public byte[] staging() {
        return staging;
    }

    @Override
    public int reserve(InetSocketAddress remote, int maxLength) {
        if (FrameSplitter.HEADER_BYTES + maxLength > ROOM - end) {
            flush();
        }
        return end + FrameSplitter.HEADER_BYTES;
    }

    @Override
    public void commit(int length) {
        staging[end] = (byte) (length >>> 8);
        staging[end + 1] = (byte) length;
        end += FrameSplitter.HEADER_BYTES + length;
        if (!flushAsked) {
            flushAsked = true;
            loop.execute(flush);
        }
    }

    @Override
    public boolean writable() {
        if (taken.get() == given) {
            catchingUp = false;
        } else if (!catchingUp) {
            catchingUp = loop.nanoTime() - behindSince > MAX_BEHIND_NANOS;
        }
        return !catchingUp && channel.isWritable();
    }

    @Override
    public boolean open() {
        return channel.isActive();
    }

    private void flush() {
        flushAsked = false;
        if (end == 0) {
            return;
        }
        if (taken.get() == given) {
            behindSince = loop.nanoTime();
        }
        given++;
        channel.writeAndFlush(Outbox.BUFFERS.directBuffer(end).writeBytes(staging, 0, end))
                .addListener(future -> taken.incrementAndGet());
        end = 0;
    }
}
