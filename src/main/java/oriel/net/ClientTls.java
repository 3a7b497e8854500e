package oriel.net;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** The client's end of TLS on the JDK's own provider, 1.2 and newer. Safe on any thread. */
final class ClientTls {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final long CLOSE_NOTIFY_MILLIS = 500;
    private static final int MAX_REASON_CHARS = 160;

    private final Optional<TrustManager> authorities;
    private @Nullable SslContext named; // guarded by this; reading the trust store is slow, so once

    /** @param authorities who vouches for names; none for those that this machine trusts */
    ClientTls(Optional<TrustManager> authorities) {
        this.authorities = authorities;
    }

    /** A handler that takes only a certificate which a trusted authority gave to {@code endpoint}'s name. */
    SslHandler named(Endpoint endpoint, ByteBufAllocator allocator) throws SSLException {
        return handler(namedContext(), endpoint, allocator);
    }

    /** A handler that hands the certificate it is shown to {@code witness}, who may refuse it. */
    SslHandler witnessed(Endpoint endpoint, ByteBufAllocator allocator, Witness witness) throws SSLException {
        return handler(builder().trustManager(witness).build(), endpoint, allocator);
    }

    private synchronized SslContext namedContext() throws SSLException {
        if (named == null) {
            SslContextBuilder builder = builder().endpointIdentificationAlgorithm("HTTPS");
            authorities.ifPresent(builder::trustManager);
            named = builder.build();
        }
        return named;
    }

    private static SslContextBuilder builder() {
        return SslContextBuilder.forClient().sslProvider(SslProvider.JDK).protocols(PROTOCOLS);
    }

    private static SslHandler handler(SslContext context, Endpoint endpoint, ByteBufAllocator allocator) {
        SslHandler handler = context.newHandler(allocator, endpoint.host(), endpoint.port());
        // The dialer's own deadline ends a handshake that hangs.
        handler.setHandshakeTimeoutMillis(0);
        handler.setCloseNotifyFlushTimeoutMillis(CLOSE_NOTIFY_MILLIS);
        return handler;
    }

    /** What went wrong in a handshake, as the rest of a sentence. */
    static String reason(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof NotSslRecordException) {
                return "it does not speak TLS on this port";
            }
            if (cause instanceof CertificateException) {
                return plain(cause);
            }
        }
        return "the handshake failed (" + plain(error) + ")";
    }

    /** Whether it was the certificate that was refused, rather than something else that went wrong. */
    static boolean distrusted(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }

    private static String plain(Throwable error) {
        String message = error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
        String line = message.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "");
        return line.length() <= MAX_REASON_CHARS ? line : line.substring(0, MAX_REASON_CHARS) + "…";
    }

    /** Looks at the certificate that a server shows; takes any, or only the one it was told to expect. */
    static final class Witness extends X509ExtendedTrustManager {
        private static final X509Certificate[] NONE = {};

        private final Optional<String> expected;
        private volatile String seen = ""; // written by the loop, read by the script after the handshake

        /** @param expected SHA-256 of the only certificate to take; none to take any */
        Witness(Optional<String> expected) {
            this.expected = expected;
        }

        /** SHA-256 of the certificate shown; empty before. */
        String seen() {
            return seen;
        }

        private void witness(X509Certificate[] chain) throws CertificateException {
            if (chain.length == 0) {
                throw new CertificateException("it shows no certificate");
            }
            seen = sha256(chain[0]);
            if (expected.isPresent() && !expected.get().equals(seen)) {
                throw new CertificateException("it is not the one that this address showed at first (SHA-256 now "
                        + seen.substring(0, 16) + "…, before "
                        + expected.get()
                                .substring(0, Math.min(16, expected.get().length())) + "…)");
            }
        }

        private static String sha256(X509Certificate certificate) throws CertificateException {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("this JDK lacks SHA-256", e);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            witness(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            witness(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            witness(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("no client is expected here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("no client is expected here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("no client is expected here");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return NONE;
        }
    }
}
