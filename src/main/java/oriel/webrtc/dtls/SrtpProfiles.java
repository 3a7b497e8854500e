package oriel.webrtc.dtls;

import java.util.List;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.TlsContext;
import oriel.base.Bytes;

/** The SRTP protection profiles that we speak (RFC 5764, 4.1.2; RFC 7714, 14.2), the cheapest to protect with first. */
final class SrtpProfiles {
    static final List<Integer> PREFERRED = List.of(DtlsResult.AEAD_AES_128_GCM, DtlsResult.AES128_CM_HMAC_SHA1_80);

    private static final int KEY_BYTES = 16;
    private static final int GCM_SALT_BYTES = 12;
    private static final int CM_SALT_BYTES = 14;

    private SrtpProfiles() {}

    /** Takes the keys out of a handshake that is complete. */
    static DtlsResult export(TlsContext context, int profile) {
        int salt = profile == DtlsResult.AEAD_AES_128_GCM ? GCM_SALT_BYTES : CM_SALT_BYTES;
        byte[] keys = context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, 2 * (KEY_BYTES + salt));
        int suite = context.getSecurityParametersConnection().getCipherSuite();
        return new DtlsResult(profile, Bytes.of(keys), !context.isServer(), suite);
    }
}
