package oriel.webrtc.dtls;

import org.bouncycastle.tls.TlsFatalAlert;

/** Ends a handshake by our will: an alert for the peer, and a reason for our owner. */
final class RefusedException extends TlsFatalAlert {
    private static final long serialVersionUID = 1;

    private final String reason;

    /** @param alert as registered, of {@link org.bouncycastle.tls.AlertDescription} */
    RefusedException(short alert, String reason) {
        super(alert, reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
