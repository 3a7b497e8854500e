package oriel.testing.viewer;

import java.io.IOException;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/** The viewer's end of DTLS 1.2, the client, on a virtual thread that lives as long as the conversation. */
@SuppressWarnings({"rawtypes", "JdkObsolete"}) // Hashtable and Vector are Bouncy Castle's
public final class ViewerDtls {
    /** What came of it, on the DTLS thread. */
    public interface Listener {
        /**
         * @param profile what SRTP is protected with
         * @param keys of RFC 5764, 4.2
         */
        void keys(int profile, byte[] keys);

        /** The other side said goodbye, or something went wrong. */
        void over(String reason);
    }

    private static final int LIMIT = 1200;
    private static final byte[] END = {};

    private final LinkedBlockingQueue<byte[]> arrived = new LinkedBlockingQueue<>(1024);
    private final Consumer<byte[]> send;
    private final Listener listener;
    private final Client client;
    private final Thread thread;
    private volatile boolean leaving;
    private volatile boolean ended;
    private volatile boolean abandoned;

    /**
     * @param fingerprint what the answer says of the other side's certificate
     * @param showsCertificate whether it says who it is
     */
    public ViewerDtls(
            ViewerIdentity identity,
            String fingerprint,
            List<Integer> profiles,
            boolean showsCertificate,
            Consumer<byte[]> send,
            Listener listener) {
        this.send = send;
        this.listener = listener;
        this.client = new Client(new BcTlsCrypto(), identity, fingerprint, profiles, showsCertificate);
        this.thread = Thread.ofVirtual().name("viewer dtls").start(this::run);
    }

    public void receive(byte[] datagram) {
        arrived.offer(datagram);
    }

    /** Says goodbye and waits until it is said. */
    public void close() {
        leaving = true;
        arrived.offer(END);
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends without a word. Any thread, at once. */
    void abandon() {
        abandoned = true;
        arrived.clear();
        arrived.offer(END);
    }

    private void run() {
        try {
            DTLSTransport connection = new DTLSClientProtocol().connect(client, new Network());
            listener.keys(client.profile, client.keys);
            byte[] message = new byte[connection.getReceiveLimit()];
            while (!leaving && !ended) {
                connection.receive(message, 0, message.length, 100);
            }
            connection.close();
            listener.over(leaving ? "we left" : "the server said goodbye");
        } catch (IOException e) {
            listener.over(String.valueOf(e.getMessage()));
        }
    }

    private final class Network implements DatagramTransport {
        @Override
        public int getReceiveLimit() {
            return 2048;
        }

        @Override
        public int getSendLimit() {
            return LIMIT;
        }

        @Override
        public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
            if (abandoned) {
                throw new IOException("abandoned");
            }
            try {
                byte[] datagram = arrived.poll(Math.max(1, waitMillis), TimeUnit.MILLISECONDS);
                if (datagram == null || datagram.length == 0) {
                    return -1;
                }
                int count = Math.min(length, datagram.length);
                System.arraycopy(datagram, 0, buffer, offset, count);
                return count;
            } catch (InterruptedException e) {
                throw new IOException("interrupted", e);
            }
        }

        @Override
        public void send(byte[] buffer, int offset, int length) {
            if (abandoned) {
                return;
            }
            byte[] datagram = new byte[length];
            System.arraycopy(buffer, offset, datagram, 0, length);
            send.accept(datagram);
        }

        @Override
        public void close() {
            // The socket is the viewer's. Bouncy Castle says by this alone that the other side's goodbye has come.
            ended = true;
        }
    }

    private static final class Client extends DefaultTlsClient {
        private final BcTlsCrypto crypto;
        private final ViewerIdentity identity;
        private final String fingerprint;
        private final List<Integer> profiles;
        private final boolean showsCertificate;
        private int profile;
        private byte[] keys = {};

        Client(
                BcTlsCrypto crypto,
                ViewerIdentity identity,
                String fingerprint,
                List<Integer> profiles,
                boolean showsCertificate) {
            super(crypto);
            this.crypto = crypto;
            this.identity = identity;
            this.fingerprint = fingerprint;
            this.profiles = profiles;
            this.showsCertificate = showsCertificate;
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return ProtocolVersion.DTLSv12.only();
        }

        @Override
        protected int[] getSupportedCipherSuites() {
            return new int[] {
                CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
                CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
                CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
            };
        }

        @Override
        public Hashtable getClientExtensions() throws IOException {
            Hashtable extensions = TlsExtensionsUtils.ensureExtensionsInitialised(super.getClientExtensions());
            int[] offered = profiles.stream().mapToInt(Integer::intValue).toArray();
            TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(offered, TlsUtils.EMPTY_BYTES));
            return extensions;
        }

        @Override
        public void processServerExtensions(Hashtable serverExtensions) throws IOException {
            super.processServerExtensions(serverExtensions);
            UseSRTPData srtp = TlsSRTPUtils.getUseSRTPExtension(serverExtensions);
            if (srtp == null) {
                throw new TlsFatalAlert(AlertDescription.handshake_failure, "no use_srtp in the server's hello");
            }
            profile = srtp.getProtectionProfiles()[0];
        }

        @Override
        public TlsAuthentication getAuthentication() {
            return new TlsAuthentication() {
                @Override
                public void notifyServerCertificate(TlsServerCertificate shown) throws IOException {
                    byte[] der = shown.getCertificate().getCertificateAt(0).getEncoded();
                    if (!ViewerIdentity.fingerprint(der).equalsIgnoreCase(fingerprint)) {
                        throw new TlsFatalAlert(AlertDescription.bad_certificate, "not the fingerprint of the answer");
                    }
                }

                @Override
                public @Nullable TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
                    if (!showsCertificate) {
                        return null;
                    }
                    Certificate chain =
                            new Certificate(new TlsCertificate[] {crypto.createCertificate(identity.certificate())});
                    return new BcDefaultTlsCredentialedSigner(
                            new TlsCryptoParameters(context),
                            crypto,
                            identity.key(),
                            chain,
                            SignatureAndHashAlgorithm.getInstance((short) 4, (short) 3));
                }
            };
        }

        @Override
        public void notifyHandshakeComplete() throws IOException {
            super.notifyHandshakeComplete();
            int salt = profile == SrtpReader.GCM ? 12 : 14;
            keys = context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, 2 * (16 + salt));
        }

        @Override
        protected Vector getSupportedSignatureAlgorithms() {
            return new Vector<>(List.of(SignatureAndHashAlgorithm.getInstance((short) 4, (short) 3)));
        }
    }
}
