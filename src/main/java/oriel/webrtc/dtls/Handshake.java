package oriel.webrtc.dtls;

import java.io.IOException;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;

/** One side's handshake: blocks until it is done. */
interface Handshake {
    /** Carries it out over {@code network}. */
    DTLSTransport perform(DatagramTransport network) throws IOException;

    /** What was agreed on; only after {@link #perform}. */
    DtlsResult result();
}
