package oriel.webrtc.ice;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import oriel.base.MalformedException;

/**
 * Asks a STUN server how our socket looks from outside (RFC 8445, 5.1.1.2): one Binding request, sent up to 5 times from 250 ms
 * on, given up after 7.75 s. The owner sends {@link #request()} from the socket whose address is wanted when the probe begins and
 * whenever {@link #tick} says so. Belongs to one loop.
 */
public final class ServerReflexiveProbe {
    private static final long RTO_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int TRIES = 5;

    private final InetSocketAddress server;
    private final TransactionId transaction;
    private final byte[] request;
    private final RetransmitTimer timer;
    private Optional<InetSocketAddress> mapped = Optional.empty();
    private boolean over;

    /** Begins; the request goes out now for the first time. */
    public ServerReflexiveProbe(InetSocketAddress server, RandomGenerator random, long nowNanos) {
        this.server = server;
        this.transaction = TransactionId.generate(random);
        this.request = new StunBuilder(StunClass.REQUEST, transaction).build();
        this.timer = new RetransmitTimer(RTO_NANOS, TRIES, nowNanos);
    }

    /** Where the request goes. */
    public InetSocketAddress server() {
        return server;
    }

    /** The request, the same each time; not to be changed. */
    public byte[] request() {
        return request;
    }

    /** Whether the request must go out again now. */
    public boolean tick(long nowNanos) {
        if (over || !timer.isDue(nowNanos)) {
            return false;
        }
        over = !timer.again(nowNanos);
        return !over;
    }

    /** When to tick next; nothing when it is over. */
    public OptionalLong nextDeadline() {
        return over ? OptionalLong.empty() : OptionalLong.of(timer.nextAt());
    }

    /**
     * Takes the datagram if it is the answer.
     *
     * @param from where it came from; an answer from elsewhere than the server is none
     * @return whether it was, well or badly
     */
    public boolean receive(InetSocketAddress from, byte[] data, int offset, int length) {
        if (over || !from.equals(server) || !isAnswer(data, offset, length)) {
            return false;
        }
        over = true;
        return true;
    }

    /** Answered, or given up. */
    public boolean isOver() {
        return over;
    }

    /** How the server saw us, once it said so. */
    public Optional<InetSocketAddress> mapped() {
        return mapped;
    }

    private boolean isAnswer(byte[] data, int offset, int length) {
        try {
            StunMessage message = StunMessage.parse(data, offset, length);
            boolean ours = message.isBinding() && message.transaction().equals(transaction);
            if (!ours) {
                return false;
            }
            return switch (message.messageClass()) {
                case SUCCESS -> {
                    mapped = message.mappedAddress().filter(address -> address.getPort() != 0);
                    yield true;
                }
                case ERROR -> true;
                case REQUEST, INDICATION -> false;
            };
        } catch (MalformedException e) {
            // Not for us to count: whoever shares the socket may know it.
            return false;
        }
    }
}
