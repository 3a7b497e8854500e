package oriel.rtsp;

import java.io.IOException;

/** The connection ended before the answer came; the message says how, in words without secrets. */
public final class RtspClosedException extends IOException {
    private static final long serialVersionUID = 1;

    public RtspClosedException(String reason) {
        super(reason);
    }
}
