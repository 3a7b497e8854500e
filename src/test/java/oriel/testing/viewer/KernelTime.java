package oriel.testing.viewer;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Method;
import java.nio.channels.DatagramChannel;
import java.time.Instant;
import java.util.Optional;

/**
 * When a datagram came to its socket, and not when somebody had time to read it: the kernel's stamp, by {@code SIOCGSTAMPNS}
 * (socket(7)). Linux, and only in a JVM with {@code --add-opens java.base/sun.nio.ch=ALL-UNNAMED}, as the bench is; elsewhere
 * it is the time of reading. Belongs to one thread.
 */
@SuppressWarnings("restricted")
public final class KernelTime {
    private static final long SIOCGSTAMPNS = 0x8907;
    private static final long NANOS = 1_000_000_000;
    private static final int TIMESPEC_BYTES = 16;

    private static final Optional<Method> DESCRIPTOR = descriptor();
    private static final MethodHandle IOCTL = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("ioctl"),
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
                    Linker.Option.firstVariadicArg(2));

    private final MemorySegment stamp = Arena.ofAuto().allocate(TIMESPEC_BYTES, Long.BYTES);
    private final int socket;
    private long offset; // of the wall clock from nanoTime
    private long offsetAt;

    /** Of what comes to {@code channel} from now on. */
    public KernelTime(DatagramChannel channel) {
        socket = DESCRIPTOR.map(method -> number(method, channel)).orElse(-1);
        offset = offset();
        offsetAt = System.nanoTime();
        read(); // Turns the stamps on.
    }

    private static Optional<Method> descriptor() {
        try {
            Method method = Class.forName("sun.nio.ch.DatagramChannelImpl").getMethod("getFDVal");
            return method.trySetAccessible() ? Optional.of(method) : Optional.empty();
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }

    private static int number(Method method, DatagramChannel channel) {
        try {
            return (int) method.invoke(channel);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the kernel's stamps are to be had. */
    public static boolean known() {
        return DESCRIPTOR.isPresent();
    }

    /** Of the datagram that was read last, as {@link System#nanoTime} counts. */
    public long nanos() {
        long now = System.nanoTime();
        if (socket < 0 || read() != 0) {
            return now;
        }
        if (now - offsetAt > NANOS) {
            offset = offset();
            offsetAt = now;
        }
        return stamp.get(JAVA_LONG, 0) * NANOS + stamp.get(JAVA_LONG, Long.BYTES) - offset;
    }

    private int read() {
        try {
            return socket < 0 ? -1 : (int) IOCTL.invokeExact(socket, SIOCGSTAMPNS, stamp);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static long offset() {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long before = System.nanoTime();
            Instant wall = Instant.now();
            best = Math.min(best, wall.getEpochSecond() * NANOS + wall.getNano() - before);
        }
        return best;
    }
}
