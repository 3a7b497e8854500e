package oriel.webrtc.srtp;

/**
 * Both directions' master keys, cut from what the DTLS exporter gave (RFC 5764, 4.2):
 *
 * <pre>
 * | client key | server key | client salt | server salt |
 * </pre>
 *
 * The DTLS server, which we are, protects with {@link #server()} and opens with {@link #client()}.
 *
 * @param client what the DTLS client writes with
 * @param server what the DTLS server writes with
 */
public record SrtpKeying(MasterKey client, MasterKey server) {
    /**
     * Cuts the block, which is copied.
     *
     * @param exporterBlock {@link SrtpProfile#exporterBytes()} of them
     */
    public static SrtpKeying of(SrtpProfile profile, byte[] exporterBlock) {
        if (exporterBlock.length != profile.exporterBytes()) {
            throw new IllegalArgumentException(profile + " needs " + profile.exporterBytes()
                    + " bytes of the DTLS exporter, there are " + exporterBlock.length);
        }
        int key = profile.keyBytes();
        int salts = 2 * key;
        return new SrtpKeying(
                MasterKey.slice(profile, exporterBlock, 0, salts),
                MasterKey.slice(profile, exporterBlock, key, salts + profile.saltBytes()));
    }
}
