package oriel.webrtc.dtls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import oriel.base.Bytes;
import oriel.base.MalformedException;

/**
 * The hash by which an offer or answer names its side's certificate (RFC 8122, 5).
 *
 * @param hash how it was made; the weak ones of old are not accepted
 * @param value as many bytes as the hash has
 */
public record Fingerprint(Hash hash, Bytes value) {
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

    /** The hashes that still prove something, the weakest first. */
    public enum Hash {
        SHA_256("sha-256", "SHA-256", 32),
        SHA_384("sha-384", "SHA-384", 48),
        SHA_512("sha-512", "SHA-512", 64);

        private final String word;
        private final String algorithm;
        private final int bytes;

        Hash(String word, String algorithm, int bytes) {
            this.word = word;
            this.algorithm = algorithm;
            this.bytes = bytes;
        }

        /** As SDP writes it: {@code sha-256}. */
        public String word() {
            return word;
        }

        private byte[] of(byte[] content) {
            try {
                return MessageDigest.getInstance(algorithm).digest(content);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("this Java lacks " + algorithm, e);
            }
        }
    }

    public Fingerprint {
        if (value.length() != hash.bytes) {
            throw new IllegalArgumentException(hash.word + " of " + value.length() + " bytes");
        }
    }

    /** The fingerprint of a certificate, DER. */
    public static Fingerprint of(Hash hash, byte[] certificate) {
        return new Fingerprint(hash, Bytes.of(hash.of(certificate)));
    }

    /** Reads {@code sha-256 AA:BB:...}, the value of an {@code a=fingerprint} line. */
    public static Fingerprint parse(String text) throws MalformedException {
        int blank = text.indexOf(' ');
        if (blank < 0) {
            throw new MalformedException("fingerprint without a value");
        }
        String word = text.substring(0, blank).toLowerCase(Locale.ROOT);
        Hash hash = hash(word);
        String digits = text.substring(blank + 1).strip();
        if (digits.length() != hash.bytes * 3 - 1) {
            throw new MalformedException("fingerprint by " + hash.word + " of a wrong length");
        }
        try {
            return new Fingerprint(hash, Bytes.of(COLONS.parseHex(digits)));
        } catch (IllegalArgumentException e) {
            throw new MalformedException("fingerprint that is not hexadecimal");
        }
    }

    private static Hash hash(String word) throws MalformedException {
        for (Hash hash : Hash.values()) {
            if (hash.word.equals(word)) {
                return hash;
            }
        }
        String rule = "; sha-256, sha-384 or sha-512 is needed";
        throw switch (word) {
            case "sha-1", "md5", "md2" ->
                new MalformedException("fingerprint by " + word + ", which can be forged" + rule);
            default -> new MalformedException("fingerprint by an unknown hash" + rule);
        };
    }

    /** Whether this is that certificate's; takes the same time wherever they differ. */
    public boolean matches(byte[] certificate) {
        return MessageDigest.isEqual(hash.of(certificate), value.toArray());
    }

    /** Whether {@code certificate} is among those named by the strongest hash that was offered (RFC 8122, 5). */
    public static boolean strongestMatches(List<Fingerprint> offered, byte[] certificate) {
        Hash strongest = Hash.SHA_256;
        for (Fingerprint fingerprint : offered) {
            strongest = fingerprint.hash.compareTo(strongest) > 0 ? fingerprint.hash : strongest;
        }
        boolean matched = false;
        for (Fingerprint fingerprint : offered) {
            matched |= fingerprint.hash == strongest && fingerprint.matches(certificate);
        }
        return matched;
    }

    /** As SDP writes it: {@code sha-256 AA:BB:...}. */
    @Override
    public String toString() {
        return hash.word + " " + COLONS.formatHex(value.toArray());
    }
}
