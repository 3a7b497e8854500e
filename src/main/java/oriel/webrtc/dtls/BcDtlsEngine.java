package oriel.webrtc.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Locale;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.base.Clock;

/**
 * A {@link DtlsEngine} on Bouncy Castle. {@link #run()} is the whole life of it, on one thread that waits for datagrams
 * and for the end; all else only leaves word for that thread.
 */
final class BcDtlsEngine implements DtlsEngine {
    /** From the first datagram to the keys. */
    static final Duration HANDSHAKE_LIMIT = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger("webrtc");

    private final Handshake handshake;
    private final DtlsListener listener;
    private final Runnable handshakeEnded;
    private final QueuedTransport network;

    /** @param handshakeEnded runs once, whatever became of the handshake */
    BcDtlsEngine(Handshake handshake, DtlsGuard guard, DtlsListener listener, Runnable handshakeEnded, Clock clock) {
        this.handshake = handshake;
        this.listener = listener;
        this.handshakeEnded = handshakeEnded;
        this.network = new QueuedTransport(clock, guard, HANDSHAKE_LIMIT, listener::send, listener::dropped);
    }

    @Override
    public void receive(byte[] datagram) {
        network.offer(datagram);
    }

    @Override
    public void close() {
        network.end();
    }

    void run() {
        boolean connected = false;
        try {
            DTLSTransport connection = connect();
            connected = true;
            listener.connected(handshake.result());
            stay(connection);
            listener.closed();
        } catch (IOException e) {
            if (network.hasEnded()) {
                listener.closed();
            } else {
                listener.failed(reason(e));
            }
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("DTLS: our mistake", e);
            if (connected) {
                listener.closed();
            } else {
                listener.failed("an error of Oriel's own");
            }
        }
    }

    private DTLSTransport connect() throws IOException {
        try {
            DTLSTransport connection = handshake.perform(network);
            network.connected();
            return connection;
        } finally {
            handshakeEnded.run();
        }
    }

    private void stay(DTLSTransport connection) {
        try {
            byte[] message = new byte[connection.getReceiveLimit()];
            while (true) {
                if (connection.receive(message, 0, message.length, 0) >= 0) {
                    listener.dropped("dtls-application");
                }
            }
        } catch (InterruptedIOException e) {
            sayGoodbye(connection);
        } catch (IOException e) {
            LOG.debug("DTLS ended: {}", reason(e));
        }
    }

    // Sends a close_notify unless the other side's has come, which was answered already.
    private static void sayGoodbye(DTLSTransport connection) {
        try {
            connection.close();
        } catch (IOException e) {
            LOG.debug("DTLS ended: {}", reason(e));
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case RefusedException refused -> refused.reason();
            case TlsFatalAlertReceived alert -> "the peer refuses: " + words(alert.getAlertDescription());
            case TlsFatalAlert alert
            when alert.getAlertDescription() == AlertDescription.user_canceled -> "the peer hung up";
            case TlsFatalAlert alert -> "not acceptable from the peer: " + words(alert.getAlertDescription());
            default -> "unreadable from the peer: " + e.getMessage();
        };
    }

    private static String words(short alert) {
        return AlertDescription.getName(alert).replace('_', ' ').toLowerCase(Locale.ROOT);
    }
}
