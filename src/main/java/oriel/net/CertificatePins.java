package oriel.net;

import java.util.Optional;

/**
 * The certificates that cameras showed first: a camera without a name cannot prove who it is but by showing the same one
 * again. Safe on any thread; may block, so it is asked on virtual threads only.
 */
public interface CertificatePins {
    /** The SHA-256 of the certificate that {@code host} showed first on {@code port}, lower-case hexadecimal digits. */
    Optional<String> pin(String host, int port);

    /** Keeps {@code sha256} as the one to be shown from now on. */
    void remember(String host, int port, String sha256);
}
