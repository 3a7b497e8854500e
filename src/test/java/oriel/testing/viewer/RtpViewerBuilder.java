package oriel.testing.viewer;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What does not change of an {@link RtpViewer} while it watches. */
public final class RtpViewerBuilder {
    final ViewerOffer offer;

    @Nullable ViewerLoop loop;

    List<String> candidates = List.of();
    boolean ownCandidate;
    List<Integer> profiles = List.of(SrtpReader.GCM, SrtpReader.CM_SHA1_80);

    @Nullable Consumer<ReceivedPacket> listener;

    boolean keeps = true;
    int opensOneOf = 1;
    String setup = "actpass";
    boolean showsCertificate = true;
    boolean speaksDtls = true;
    String fingerprint = ViewerIdentity.SHARED.fingerprint();
    InetAddress local = InetAddress.getLoopbackAddress();

    RtpViewerBuilder(ViewerOffer offer) {
        this.offer = offer;
    }

    /** Shares a loop; else it has one of its own. */
    public RtpViewerBuilder on(ViewerLoop value) {
        loop = value;
        return this;
    }

    /** Candidate lines that stand in the offer; default none, for the server finds us by our checks. */
    public RtpViewerBuilder candidates(List<String> lines) {
        candidates = List.copyOf(lines);
        return this;
    }

    /** Its own address stands in the offer. */
    public RtpViewerBuilder ownCandidate() {
        ownCandidate = true;
        return this;
    }

    /** Has AES in counter mode with HMAC-SHA1 only. */
    public RtpViewerBuilder withoutGcm() {
        profiles = List.of(SrtpReader.CM_SHA1_80);
        return this;
    }

    /** Says that it will be the DTLS client, for servers that would be too if they were let. */
    public RtpViewerBuilder active() {
        setup = "active";
        return this;
    }

    /** Gets each packet on the loop's thread as it was read. */
    public RtpViewerBuilder listener(Consumer<ReceivedPacket> value) {
        listener = value;
        return this;
    }

    /** Keeps no packets, for long watching; tracks count all the same. */
    public RtpViewerBuilder keepsNothing() {
        keeps = false;
        return this;
    }

    /** Looks at headers only, which are in clear: for a measurement that is not about viewers. Keeps nothing. */
    public RtpViewerBuilder headersOnly() {
        return opensOneOf(0);
    }

    /** Decrypts one packet of so many, and none if 0, for it must be cheap; of the others it sees the header. Keeps nothing. */
    public RtpViewerBuilder opensOneOf(int count) {
        opensOneOf = count;
        keeps = false;
        return this;
    }

    /** Its offer names another certificate than the one that it shows. */
    public RtpViewerBuilder withWrongFingerprint() {
        fingerprint = ViewerIdentity.fresh().fingerprint();
        return this;
    }

    /** Shows no certificate. */
    public RtpViewerBuilder withoutCertificate() {
        showsCertificate = false;
        return this;
    }

    /** Does ICE and no DTLS, which is left to the test's {@link RtpViewer#raw}. */
    public RtpViewerBuilder withoutDtls() {
        speaksDtls = false;
        return this;
    }

    /** Where its socket is; default loopback. */
    public RtpViewerBuilder at(InetAddress value) {
        local = value;
        return this;
    }

    public RtpViewer open() {
        return new RtpViewer(this, loop == null ? ViewerLoop.start() : loop);
    }
}
