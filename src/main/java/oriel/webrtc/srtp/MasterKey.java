package oriel.webrtc.srtp;

import java.util.Arrays;
import oriel.base.Secret;

/** The master key and salt of one direction. Never prints itself; any thread. */
public final class MasterKey {
    private final SrtpProfile profile;
    private final byte[] key;
    private final byte[] salt;

    private MasterKey(SrtpProfile profile, byte[] key, byte[] salt) {
        this.profile = profile;
        this.key = key;
        this.salt = salt;
    }

    /**
     * Copies both.
     *
     * @param key {@link SrtpProfile#keyBytes()} of them
     * @param salt {@link SrtpProfile#saltBytes()} of them
     */
    public static MasterKey of(SrtpProfile profile, byte[] key, byte[] salt) {
        if (key.length != profile.keyBytes() || salt.length != profile.saltBytes()) {
            throw new IllegalArgumentException(
                    profile + " with a key of " + key.length + " and a salt of " + salt.length + " bytes");
        }
        return new MasterKey(profile, key.clone(), salt.clone());
    }

    static MasterKey slice(SrtpProfile profile, byte[] block, int keyOffset, int saltOffset) {
        return new MasterKey(
                profile,
                Arrays.copyOfRange(block, keyOffset, keyOffset + profile.keyBytes()),
                Arrays.copyOfRange(block, saltOffset, saltOffset + profile.saltBytes()));
    }

    /** What the key is for. */
    public SrtpProfile profile() {
        return profile;
    }

    byte[] key() {
        return key;
    }

    byte[] salt() {
        return salt;
    }

    @Override
    public String toString() {
        return profile + " " + Secret.MASK;
    }
}
