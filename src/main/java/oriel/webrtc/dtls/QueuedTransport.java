package oriel.webrtc.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;
import oriel.base.Alarm;
import oriel.base.Clock;
import oriel.base.MalformedException;

/**
 * What Bouncy Castle takes for its network: a queue of datagrams that the loop fills and the engine's thread empties,
 * past the guard; and records that leave together, a flight in as few datagrams as it fits into. {@link #offer} and
 * {@link #end} are for any thread, all else for the engine's.
 */
final class QueuedTransport implements DatagramTransport {
    /** Datagrams that wait. */
    static final int QUEUE = 64;

    /** The largest datagram that we take; nobody has a reason to send more than an Ethernet frame. */
    static final int MAX_RECEIVED_BYTES = 2048;

    /** The largest that we send: passes every tunnel, as browsers think too. */
    static final int MAX_SENT_BYTES = 1200;

    private static final Duration LONG = Duration.ofDays(1000);

    private final Clock clock;
    private final Alarm alarm;
    private final DtlsGuard guard;
    private final Consumer<byte[]> output;
    private final Consumer<String> dropped;
    private final ArrayBlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(QUEUE);
    private final long handshakeEnd;
    private final byte[] flight = new byte[MAX_SENT_BYTES];
    private int flightBytes;
    private boolean handshaking = true;
    private boolean closed; // by Bouncy Castle
    private volatile boolean ended; // by our owner

    QueuedTransport(
            Clock clock, DtlsGuard guard, Duration handshakeLimit, Consumer<byte[]> output, Consumer<String> dropped) {
        this.clock = clock;
        this.alarm = clock.newAlarm();
        this.guard = guard;
        this.output = output;
        this.dropped = dropped;
        this.handshakeEnd = clock.nanoTime() + handshakeLimit.toNanos();
    }

    /** Takes {@code datagram} over, or drops and counts it. */
    void offer(byte[] datagram) {
        if (datagram.length > MAX_RECEIVED_BYTES || !queue.offer(datagram)) {
            dropped.accept("dtls-overflow");
            return;
        }
        alarm.ring();
    }

    /** Lets {@link #receive} wait no longer. */
    void end() {
        ended = true;
        alarm.ring();
    }

    boolean hasEnded() {
        return ended;
    }

    /** The handshake is over: what is still to be sent leaves, and time does not press any more. */
    void connected() {
        flush();
        handshaking = false;
        guard.connected();
    }

    @Override
    public int getReceiveLimit() {
        return MAX_RECEIVED_BYTES;
    }

    @Override
    public int getSendLimit() {
        return MAX_SENT_BYTES;
    }

    /**
     * Waits for the next datagram that the guard admits.
     *
     * @param waitMillis how long; 0 is for ever
     * @return its length, or -1 if none came in time
     * @throws InterruptedIOException if the conversation has ended
     */
    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
        flush();
        long waitEnd = clock.nanoTime() + (waitMillis > 0 ? TimeUnit.MILLISECONDS.toNanos(waitMillis) : LONG.toNanos());
        while (true) {
            if (ended || closed) {
                throw new InterruptedIOException("the conversation has ended");
            }
            byte @Nullable [] datagram = queue.poll();
            if (datagram != null) {
                if (admits(datagram) && datagram.length <= length) {
                    System.arraycopy(datagram, 0, buffer, offset, datagram.length);
                    return datagram.length;
                }
                dropped.accept("dtls-refused");
            } else if (!await(waitEnd)) {
                return -1;
            }
        }
    }

    private boolean admits(byte[] datagram) throws RefusedException {
        try {
            return guard.admits(datagram);
        } catch (MalformedException e) {
            throw new RefusedException(AlertDescription.illegal_parameter, e.reason());
        }
    }

    // False when the wait is over without a ring.
    private boolean await(long waitEnd) throws IOException {
        long end = handshaking && handshakeEnd - waitEnd < 0 ? handshakeEnd : waitEnd;
        try {
            if (alarm.awaitUntil(end)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        if (handshaking && clock.nanoTime() - handshakeEnd >= 0) {
            throw new RefusedException(AlertDescription.handshake_failure, "no handshake in time");
        }
        return false;
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
        if (flightBytes + length > flight.length) {
            flush();
        }
        System.arraycopy(buffer, offset, flight, flightBytes, length);
        flightBytes += length;
    }

    private void flush() {
        if (flightBytes > 0) {
            byte[] datagram = Arrays.copyOf(flight, flightBytes);
            flightBytes = 0;
            output.accept(datagram);
        }
    }

    @Override
    public void close() {
        flush();
        closed = true;
    }
}
