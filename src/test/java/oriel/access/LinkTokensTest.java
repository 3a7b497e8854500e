package oriel.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import oriel.base.Resolver;
import oriel.base.Seams;
import oriel.base.Secret;
import oriel.state.StateFullException;
import oriel.state.StateStore;
import oriel.testing.VirtualClock;

class LinkTokensTest {
    private static final Principal ANNA = new Principal("anna", Role.VIEWER, Door.API);
    private static final Principal BEN = new Principal("ben", Role.VIEWER, Door.API);

    private final VirtualClock clock = new VirtualClock();
    private final Seams seams = new Seams(clock, new Random(3), Resolver.system());

    @TempDir
    private Path folder = Path.of("");

    private LinkTokens tokens(String key) {
        return new LinkTokens(StateStore.open(folder, seams), Secret.of(key), seams);
    }

    @Test
    void share_survivesARestartAndEndsInTime() throws Exception {
        LinkTokens.Issued issued = tokens("key").share("front", "anna", Duration.ofDays(1));
        LinkTokens again = tokens("key");
        assertThat(again.find(issued.token().reveal(), TokenUse.MEDIA)).isPresent();
        assertThat(again.links()).containsOnlyKeys(issued.id());
        assertThat(issued.expires()).isEqualTo(clock.now().plus(Duration.ofDays(1)));

        clock.advance(Duration.ofDays(1));
        assertThat(again.find(issued.token().reveal(), TokenUse.MEDIA)).isEmpty();
        assertThat(again.links()).isEmpty();
    }

    @Test
    void share_revoked_opensNothing() throws Exception {
        LinkTokens tokens = tokens("key");
        LinkTokens.Issued issued = tokens.share("front", "anna", Duration.ofDays(1));
        assertThat(tokens.revoke(issued.id())).isTrue();
        assertThat(tokens.revoke(issued.id())).isFalse();
        assertThat(tokens.find(issued.token().reveal(), TokenUse.MEDIA)).isEmpty();
    }

    @Test
    void share_otherKeyOrAnyChangedBit_opensNothing() throws Exception {
        String token =
                tokens("key").share("front", "anna", Duration.ofDays(1)).token().reveal();
        assertThat(tokens("other").find(token, TokenUse.MEDIA)).isEmpty();
        LinkTokens tokens = tokens("key");
        int dot = token.indexOf('.');
        byte[] claims = Base64.getUrlDecoder().decode(token.substring(0, dot));
        byte[] mac = Base64.getUrlDecoder().decode(token.substring(dot + 1));
        for (int bit = 0; bit < (claims.length + mac.length) * 8; bit++) {
            byte[] c = claims.clone();
            byte[] m = mac.clone();
            byte[] changed = bit / 8 < c.length ? c : m;
            changed[bit / 8 < c.length ? bit / 8 : bit / 8 - c.length] ^= (byte) (1 << bit % 8);
            assertThat(tokens.find(text(c, m), TokenUse.MEDIA)).as("bit " + bit).isEmpty();
        }
        for (int length = 0; length < token.length(); length++) {
            assertThat(tokens.find(token.substring(0, length), TokenUse.MEDIA)).isEmpty();
        }
    }

    @Test
    void share_signedByUsButNotOfTheList_opensNothing() throws Exception {
        byte[] claims = "{\"kind\":\"share\",\"id\":\"00\",\"stream\":\"front\",\"expires\":99999999999}"
                .getBytes(StandardCharsets.UTF_8);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("key".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        assertThat(tokens("key").find(text(claims, mac.doFinal(claims)), TokenUse.MEDIA))
                .isEmpty();
    }

    private static String text(byte[] claims, byte[] mac) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString(claims) + "." + base64.encodeToString(mac);
    }

    @Test
    void share_tooLong_isRefused() {
        assertThatThrownBy(() -> tokens("key").share("front", "anna", Duration.ofDays(31)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tokens("key").share("front", "anna", Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void share_beyondTheBound_isRefusedUntilOneEnds() throws Exception {
        LinkTokens tokens = tokens("key");
        for (int i = 0; i < StateStore.MAX_LINKS; i++) {
            tokens.share("front", "anna", Duration.ofHours(1));
        }
        assertThatThrownBy(() -> tokens.share("front", "anna", Duration.ofHours(1)))
                .isInstanceOf(StateFullException.class);
        clock.advance(Duration.ofHours(1));
        tokens.share("front", "anna", Duration.ofHours(1));
        assertThat(tokens.links()).hasSize(1);
    }

    @Test
    void once_beginsOneSession() {
        LinkTokens tokens = tokens("key");
        String token = tokens.once("front", ANNA).orElseThrow().token().reveal();
        assertThat(tokens.find(token, TokenUse.MEDIA)).isEmpty();
        assertThat(tokens.find(token, TokenUse.NONE)).isEmpty();
        assertThat(tokens.find(token, TokenUse.SESSION)).isEmpty();
        assertThat(tokens.find(token, TokenUse.PAGE)).isPresent();
        assertThat(tokens.find(token, TokenUse.SESSION_START)).hasValueSatisfying(who -> {
            assertThat(who.streams()).isEqualTo(StreamScope.only(Set.of("front")));
            assertThat(who.role()).isEqualTo(Role.VIEWER);
        });
        assertThat(tokens.find(token, TokenUse.SESSION_START)).isEmpty();
        assertThat(tokens.find(token, TokenUse.PAGE)).isEmpty();
        assertThat(tokens.find(token, TokenUse.SESSION)).isPresent();
    }

    @Test
    void once_aMinuteLater_opensNothing() {
        LinkTokens tokens = tokens("key");
        String token = tokens.once("front", ANNA).orElseThrow().token().reveal();
        clock.advance(Duration.ofSeconds(60));
        assertThat(tokens.find(token, TokenUse.SESSION_START)).isEmpty();
    }

    @Test
    void onceForEvents_opensTheLineOnce_forTheStreamsOfItsMaker_andNothingElse() throws Exception {
        LinkTokens tokens = tokens("key");
        StreamScope theirs = StreamScope.only(Set.of("front", "garden"));
        Principal maker = new Principal("eve", Role.ADMIN, Door.INGRESS, theirs, false, new Grounds.Member("eve"));
        String token = tokens.onceForEvents(maker).orElseThrow().token().reveal();
        for (TokenUse use : Set.of(TokenUse.MEDIA, TokenUse.PAGE, TokenUse.SESSION_START, TokenUse.SESSION)) {
            assertThat(tokens.find(token, use)).as(use.name()).isEmpty();
        }
        assertThat(tokens.find(token, TokenUse.EVENTS)).hasValueSatisfying(who -> {
            assertThat(who.streams()).isEqualTo(theirs);
            assertThat(who.role()).isEqualTo(Role.VIEWER);
            assertThat(who.link()).isTrue();
            assertThat(who.grounds()).isEqualTo(maker.grounds());
        });
        assertThat(tokens.find(token, TokenUse.EVENTS)).isEmpty();
        String other = tokens.once("front", maker).orElseThrow().token().reveal();
        assertThat(tokens.find(other, TokenUse.EVENTS)).isEmpty();
        String share = tokens.share("front", "eve", Duration.ofDays(1)).token().reveal();
        assertThat(tokens.find(share, TokenUse.EVENTS)).isEmpty();
    }

    @Test
    void once_ofOneUser_areBoundedAndOthersNoticeNothing() {
        LinkTokens tokens = tokens("key");
        Set<String> all = new HashSet<>();
        for (int i = 0; i < LinkTokens.MAX_ONCE_EACH; i++) {
            all.add(tokens.once("front", ANNA).orElseThrow().token().reveal());
        }
        assertThat(all).hasSize(LinkTokens.MAX_ONCE_EACH);
        assertThat(tokens.once("front", ANNA)).isEmpty();
        assertThat(tokens.once("front", BEN)).isPresent();
        clock.advance(Duration.ofSeconds(60));
        assertThat(tokens.once("front", ANNA)).isPresent();
    }
}
