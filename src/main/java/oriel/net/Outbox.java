package oriel.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.base.AddressText;
import oriel.metrics.Drops;

/**
 * What one socket is about to send. Datagrams are written side by side on one array, so that a cipher's output is where it
 * leaves from; those of equal length to one address are a <em>train</em>, which the kernel (or the network card) cuts up
 * again: one call instead of one a datagram. The last of a train may be shorter. Trains leave at once where the socket has a way
 * past Netty, which spares them a copy; all else, and what the kernel has no room for, waits with Netty, whose bounds it
 * then counts against. Belongs to the socket's loop.
 */
final class Outbox {
    private static final Logger LOG = LoggerFactory.getLogger("webrtc");

    /** Linux takes 64 at most, and no more bytes than one IP datagram holds. */
    private static final int MAX_SEGMENTS = 48;

    private static final int ROOM = 60_000;
    private static final int MAX_REFUSED_ROUTES = 1024;

    /**
     * The default allocator takes memory from the system anew for trains of this size. Chunks of 512 KiB, one arena: a loop
     * sends its trains within its turn and has the same few buffers again.
     */
    static final PooledByteBufAllocator BUFFERS = new PooledByteBufAllocator(true, 0, 1, 8192, 6, 256, 64, true);

    // What one flush carries: more costs the first ones time, less costs calls.
    private static final int LOAD_SENDS = 32;
    private static final int LOAD_BYTES = 128 << 10;

    private final Channel channel;
    private final Optional<TrainWay> trains;
    private final Drops drops;
    private final byte[] staging = new byte[ROOM];
    private final Set<InetAddress> refusedRoutes = new HashSet<>();
    private boolean segments;

    // The train under way: count datagrams of length bytes each from start to end.
    private @Nullable InetSocketAddress remote;
    private int start;
    private int end;
    private int length;
    private int count;
    private boolean extensible;

    // What has departed and waits for the flush.
    private int waitingSends;
    private int waitingBytes;

    /** @param segments whether the socket sends trains at all */
    Outbox(Channel channel, Drops drops, boolean segments) {
        this(channel, segments ? TrainSocket.on(channel) : Optional.empty(), drops, segments);
    }

    /** @param trains a way for them past the channel */
    Outbox(Channel channel, Optional<TrainWay> trains, Drops drops, boolean segments) {
        this.channel = channel;
        this.trains = trains;
        this.drops = drops;
        this.segments = segments;
    }

    byte[] staging() {
        return staging;
    }

    /** Where a datagram of at most {@code maxLength} bytes for {@code to} is to be written. */
    int reserve(InetSocketAddress to, int maxLength) {
        // Who comes next gets the same bytes, which are still in the processor's cache.
        if (count > 0 && (maxLength > ROOM - end || !to.equals(remote))) {
            depart();
        }
        if (count == 0) {
            start = 0;
            end = 0;
            remote = to;
        }
        return end;
    }

    /** {@code bytes} have been written where the last {@link #reserve} said. */
    void commit(int bytes) {
        InetSocketAddress to = remote;
        if (to == null) {
            throw new IllegalStateException("nothing was reserved");
        }
        if (count > 0 && !joins(bytes)) {
            depart();
        }
        if (count == 0) {
            remote = to;
            length = bytes;
            extensible = segments && !refusedRoutes.contains(to.getAddress());
        }
        count++;
        end += bytes;
        if (bytes < length) {
            depart();
        }
    }

    private boolean joins(int bytes) {
        return extensible && bytes <= length && count < MAX_SEGMENTS;
    }

    /** Whether there is enough for one flush. */
    boolean isLoaded() {
        return waitingSends >= LOAD_SENDS || waitingBytes >= LOAD_BYTES;
    }

    /** Sends all that was committed. */
    void flush() {
        depart();
        flushQueue();
    }

    private void flushQueue() {
        if (waitingSends > 0) {
            waitingSends = 0;
            waitingBytes = 0;
            channel.flush();
        }
    }

    /** Sends the train under way, or hands it to the channel, which then still has to be flushed. */
    void depart() {
        InetSocketAddress to = remote;
        if (count == 0 || to == null) {
            return;
        }
        // Single ones wait for each other: the channel sends those of many viewers by one call.
        if (count == 1 || trains.isEmpty() || !leaves(trains.get(), to)) {
            queue(to, start, end - start);
        }
        start = end;
        count = 0;
        remote = null;
    }

    /** Whether the train has left, or is dealt with otherwise. */
    private boolean leaves(TrainWay way, InetSocketAddress to) {
        flushQueue();
        ChannelOutboundBuffer queued = channel.unsafe().outboundBuffer();
        if (queued == null || !queued.isEmpty()) {
            return false; // What came before goes first. (No queue: closed.)
        }
        int error = way.send(staging, start, end - start, length, to);
        return switch (error) {
            case TrainWay.SENT -> true;
            case TrainWay.FULL -> false;
            case TrainWay.NOT_CUT_UP, TrainWay.INVALID, TrainWay.TOO_LARGE -> {
                refused(to, "error " + error);
                for (int at = start; at < end; at += length) {
                    queue(to, at, Math.min(length, end - at));
                }
                yield true;
            }
            default -> {
                drops.count("udp-error", count);
                yield true;
            }
        };
    }

    private void queue(InetSocketAddress to, int from, int bytes) {
        trains.ifPresent(TrainWay::keepWhole);
        waitingSends++;
        waitingBytes += bytes;
        // The one copy behind the cipher's: JCE works on arrays, the channel sends native memory.
        ByteBuf content = BUFFERS.directBuffer(bytes).writeBytes(staging, from, bytes);
        if (bytes <= length) {
            channel.write(new DatagramPacket(content, to), channel.voidPromise());
        } else {
            channel.write(new SegmentedDatagramPacket(content, length, to), channel.newPromise())
                    .addListener((ChannelFutureListener) future -> arrived(to, future));
        }
    }

    // What was lost is asked for again and leaves one by one.
    private void arrived(InetSocketAddress to, ChannelFuture sent) {
        if (!sent.isSuccess() && channel.isOpen()) {
            drops.count("udp-train");
            refused(to, String.valueOf(sent.cause()));
        }
    }

    private void refused(InetSocketAddress to, String why) {
        if (refusedRoutes.size() == MAX_REFUSED_ROUTES) {
            segments = false;
        }
        if (segments && refusedRoutes.add(to.getAddress())) {
            LOG.info(
                    "the way to {} takes no segmented datagrams ({}), going on with single ones",
                    AddressText.host(to.getAddress()),
                    why);
        }
    }
}
