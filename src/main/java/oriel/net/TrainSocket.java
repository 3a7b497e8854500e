package oriel.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollDatagramChannel;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import oriel.base.NativeCalls;

/**
 * A datagram socket of Netty's, used past it: no buffer, no copy of the train, no promise. One call of sendto(2) sends a
 * train, which the kernel cuts up ({@code UDP_SEGMENT}, udp(7)). Linux only.
 */
@SuppressWarnings("restricted") // The launcher allows native access.
final class TrainSocket implements TrainWay {
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int IPV4_BYTES = 4;
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xFF, (byte) 0xFF};
    private static final int SOCKADDR_IN_BYTES = 16;
    private static final int SOCKADDR_IN6_BYTES = 28;

    private static final int SOL_SOCKET = 1;
    private static final int SO_DOMAIN = 39;
    private static final int SOL_UDP = 17;
    private static final int UDP_SEGMENT = 103;

    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    // Critical, so that the array need not be copied: the thread cannot be stopped for a collection meanwhile. The
    // socket does not block, and a whole train to a viewer on this machine takes some 20 us, to others less.
    private static final MethodHandle SENDTO = function(
            "sendto",
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT),
            Linker.Option.critical(true),
            Linker.Option.captureCallState("errno"));
    private static final MethodHandle SETSOCKOPT =
            function("setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle GETSOCKOPT =
            function("getsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));

    private final EpollDatagramChannel channel;
    private final MemorySegment state = Arena.ofAuto().allocate(STATE);
    private final MemorySegment option = Arena.ofAuto().allocate(JAVA_INT);
    private final byte[] address = new byte[SOCKADDR_IN6_BYTES];
    private final ByteBuffer addressFields = ByteBuffer.wrap(address);
    private final boolean inet6;
    private int segment;

    private TrainSocket(EpollDatagramChannel channel) {
        this.channel = channel;
        this.inet6 = domain(channel.fd().intValue()) == AF_INET6;
    }

    /** A way on that socket, if it is one of the kind that has it. */
    static Optional<TrainWay> on(Channel channel) {
        return channel instanceof EpollDatagramChannel epoll ? Optional.of(new TrainSocket(epoll)) : Optional.empty();
    }

    private static MethodHandle function(String name, FunctionDescriptor type, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, options);
    }

    private static int domain(int socket) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(JAVA_INT);
            MemorySegment size = arena.allocateFrom(JAVA_INT, Integer.BYTES);
            int failed = (int) GETSOCKOPT.invokeExact(socket, SOL_SOCKET, SO_DOMAIN, value, size);
            return failed == 0 ? value.get(JAVA_INT, 0) : AF_INET6;
        } catch (Throwable e) {
            throw NativeCalls.unexpected(e);
        }
    }

    @Override
    public int send(byte[] array, int offset, int bytes, int segmentBytes, InetSocketAddress to) {
        if (!cutInto(segmentBytes)) {
            return INVALID;
        }
        int addressBytes = write(to);
        try {
            long sent = (long) SENDTO.invokeExact(
                    state,
                    channel.fd().intValue(),
                    MemorySegment.ofArray(array).asSlice(offset, bytes),
                    (long) bytes,
                    0,
                    MemorySegment.ofArray(address),
                    addressBytes);
            return sent < 0 ? (int) ERRNO.get(state, 0L) : SENT;
        } catch (Throwable e) {
            throw NativeCalls.unexpected(e);
        }
    }

    @Override
    public void keepWhole() {
        cutInto(0);
    }

    // The kernel keeps it for the socket, so it is said only when it changes: with each frame, not with each viewer.
    private boolean cutInto(int bytes) {
        if (bytes == segment) {
            return true;
        }
        option.set(JAVA_INT, 0, bytes);
        try {
            int failed = (int) SETSOCKOPT.invokeExact(
                    channel.fd().intValue(), SOL_UDP, UDP_SEGMENT, option, (int) option.byteSize());
            segment = failed == 0 ? bytes : segment;
            return failed == 0;
        } catch (Throwable e) {
            throw NativeCalls.unexpected(e);
        }
    }

    // struct sockaddr_in or sockaddr_in6, as the socket is; returns its length.
    private int write(InetSocketAddress to) {
        InetAddress host = to.getAddress();
        byte[] bytes = host.getAddress();
        addressFields.clear();
        addressFields.order(ByteOrder.nativeOrder()).putShort((short) (inet6 ? AF_INET6 : AF_INET));
        addressFields.order(ByteOrder.BIG_ENDIAN).putShort((short) to.getPort());
        if (!inet6) {
            addressFields.put(bytes, 0, IPV4_BYTES);
            return SOCKADDR_IN_BYTES;
        }
        addressFields.putInt(0); // flow
        if (bytes.length == IPV4_BYTES) {
            addressFields.put(MAPPED);
        }
        addressFields.put(bytes);
        int scope = host instanceof Inet6Address local ? local.getScopeId() : 0;
        addressFields.order(ByteOrder.nativeOrder()).putInt(scope);
        return SOCKADDR_IN6_BYTES;
    }
}
