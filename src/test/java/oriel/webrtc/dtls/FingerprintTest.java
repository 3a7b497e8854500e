package oriel.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.MalformedException;

class FingerprintTest {
    private static final byte[] CONTENT = "abc".getBytes(StandardCharsets.US_ASCII);

    // FIPS 180-4's example of "abc".
    private static final String SHA_256_OF_ABC =
            "sha-256 BA:78:16:BF:8F:01:CF:EA:41:41:40:DE:5D:AE:22:23:B0:03:61:A3:96:17:7A:9C:B4:10:FF:61:F2:00:15:AD";

    @Test
    void parse_sha256_roundTripsAndMatches() throws Exception {
        Fingerprint fingerprint = Fingerprint.parse(SHA_256_OF_ABC);
        assertThat(fingerprint).hasToString(SHA_256_OF_ABC);
        assertThat(fingerprint.matches(CONTENT)).isTrue();
        assertThat(fingerprint.matches(new byte[] {1})).isFalse();
        assertThat(Fingerprint.of(Fingerprint.Hash.SHA_256, CONTENT)).isEqualTo(fingerprint);
    }

    @Test
    void parse_lowerCaseDigitsAndUpperCaseHash_areTaken() throws Exception {
        String odd = "SHA-256  " + SHA_256_OF_ABC.substring(8).toLowerCase(Locale.ROOT) + " ";
        assertThat(Fingerprint.parse(odd)).hasToString(SHA_256_OF_ABC);
    }

    @ParameterizedTest
    @CsvSource({"SHA_256, 32", "SHA_384, 48", "SHA_512, 64"})
    void of_eachHash_roundTrips(Fingerprint.Hash hash, int bytes) throws Exception {
        Fingerprint fingerprint = Fingerprint.of(hash, CONTENT);
        assertThat(fingerprint.value().length()).isEqualTo(bytes);
        assertThat(Fingerprint.parse(fingerprint.toString())).isEqualTo(fingerprint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha-1", "md5", "SHA-1"})
    void parse_weakHash_isRefusedWithTheReason(String hash) {
        assertThatThrownBy(() -> Fingerprint.parse(hash + " AA:BB"))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("can be forged; sha-256, sha-384 or sha-512 is needed");
    }

    @Test
    void parse_cutAnywhere_isMalformed() {
        for (int length = 0; length < SHA_256_OF_ABC.length(); length++) {
            String cut = SHA_256_OF_ABC.substring(0, length);
            assertThatThrownBy(() -> Fingerprint.parse(cut)).isInstanceOf(MalformedException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha-3 AA", "sha-256 " + "ZZ:", "sha-256"})
    void parse_nonsense_isMalformed(String text) {
        assertThatThrownBy(() -> Fingerprint.parse(text)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> Fingerprint.parse(SHA_256_OF_ABC.replace(':', '-')))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void strongestMatches_severalHashes_onlyTheStrongestCounts() {
        Fingerprint right256 = Fingerprint.of(Fingerprint.Hash.SHA_256, CONTENT);
        Fingerprint right512 = Fingerprint.of(Fingerprint.Hash.SHA_512, CONTENT);
        Fingerprint wrong512 = Fingerprint.of(Fingerprint.Hash.SHA_512, new byte[] {1});
        assertThat(Fingerprint.strongestMatches(List.of(right256), CONTENT)).isTrue();
        assertThat(Fingerprint.strongestMatches(List.of(right256, wrong512), CONTENT))
                .isFalse();
        assertThat(Fingerprint.strongestMatches(List.of(wrong512, right512), CONTENT))
                .isTrue();
        assertThat(Fingerprint.strongestMatches(List.of(), CONTENT)).isFalse();
    }
}
