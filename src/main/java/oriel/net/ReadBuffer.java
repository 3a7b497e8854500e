package oriel.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * The memory that all channels of one loop read into, each in its turn: whoever is handed bytes is done with them, or has
 * copied them, before the loop reads again. While a handler keeps them all the same, reads get buffers of the channel's
 * allocator. Netty's own ways ask that for each read, which on a loop that sleeps between pictures costs a tenth of a
 * millisecond: memory comes and goes by foreign calls, along code that is cold.
 *
 * <p>Belongs to its loop, but for construction.
 */
final class ReadBuffer extends DefaultMaxMessagesRecvByteBufAllocator {
    // It lives as long as its loop. What a handler forgets to release shows in the buffers that come from the allocator
    // then.
    private static final ByteBufAllocator MEMORY = new UnpooledByteBufAllocator(true, true);

    private final ByteBuf shared;

    /**
     * @param bytes of one read at most
     * @param reads that a channel does before others have their turn, if there is enough to read
     */
    ReadBuffer(int bytes, int reads) {
        super(reads);
        shared = MEMORY.directBuffer(bytes, bytes);
    }

    @Override
    public ExtendedHandle newHandle() {
        return new MaxMessageHandle() {
            @Override
            public int guess() {
                return shared.capacity();
            }

            @Override
            public ByteBuf allocate(ByteBufAllocator allocator) {
                return shared.refCnt() == 1 ? shared.clear().retain() : super.allocate(allocator);
            }
        };
    }

    /** Gives the memory back, as soon as nobody keeps it; when the loop has ended. */
    void release() {
        shared.release();
    }
}
