package oriel.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator.ExtendedHandle;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadBufferTest {
    private static final int BYTES = 4096;

    private final ByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final ReadBuffer reads = new ReadBuffer(BYTES, 16);
    private final ExtendedHandle one = reads.newHandle();
    private final ExtendedHandle other = reads.newHandle();

    private static boolean sameMemory(ByteBuf first, ByteBuf second) {
        return first.memoryAddress() == second.memoryAddress();
    }

    @Test
    void channelsThatReadInTurn_haveTheSameMemory_emptyEachTime() {
        ByteBuf first = one.allocate(allocator);
        assertThat(first.isDirect()).isTrue();
        assertThat(first.writableBytes()).isEqualTo(BYTES).isEqualTo(one.guess());
        first.writeLong(1);
        long address = first.memoryAddress();
        first.release();
        ByteBuf second = other.allocate(allocator);
        assertThat(second.memoryAddress()).isEqualTo(address);
        assertThat(second.readableBytes()).isZero();
        assertThat(second.writableBytes()).isEqualTo(BYTES);
        second.release();
        reads.release();
    }

    @Test
    void bytesThatAHandlerKeeps_areNotReadOver_andItsMemoryServesAgainWhenItLetsGo() {
        ByteBuf read = one.allocate(allocator).writeLong(7);
        ByteBuf kept = read.readRetainedSlice(Long.BYTES);
        read.release();
        ByteBuf next = other.allocate(allocator);
        assertThat(next.alloc()).isSameAs(allocator);
        assertThat(sameMemory(next, read)).isFalse();
        next.writeLong(9);
        assertThat(kept.readLong()).isEqualTo(7);
        next.release();
        kept.release();
        ByteBuf again = one.allocate(allocator);
        assertThat(sameMemory(again, read)).isTrue();
        again.release();
        reads.release();
    }

    @Test
    void released_whileAHandlerKeepsBytes_theyStay() {
        ByteBuf kept = one.allocate(allocator).writeLong(7);
        reads.release();
        assertThat(kept.readLong()).isEqualTo(7);
        assertThat(kept.release()).isTrue();
    }

    @Test
    void loopsThatHaveEnded_giveTheirMemoryBack() {
        MediaLoops loops = MediaLoops.open(2);
        ExtendedHandle stream = loops.all().getFirst().stream().newHandle();
        ExtendedHandle datagrams = loops.all().getLast().datagrams().newHandle();
        CompletableFuture<Void> ended = new CompletableFuture<>();
        loops.close();
        // Listeners are called in the order in which they came, so this one after what gives the memory back.
        loops.group().terminationFuture().addListener(done -> ended.complete(null));
        ended.join();
        for (ExtendedHandle handle : List.of(stream, datagrams)) {
            ByteBuf buffer = handle.allocate(allocator);
            assertThat(buffer.alloc()).isSameAs(allocator);
            buffer.release();
        }
    }
}
