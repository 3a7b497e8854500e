package oriel.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oriel.base.Resolver;
import oriel.base.Seams;
import oriel.base.Secret;
import oriel.config.AccessConfig;
import oriel.config.LanAccess;
import oriel.config.LoginConfig;
import oriel.config.LoopbackAccess;
import oriel.config.UserConfig;
import oriel.config.UserRole;
import oriel.state.StateStore;
import oriel.testing.VirtualClock;

/** Sessions, and what becomes of them when the right goes that they run on. */
@Timeout(30)
class SessionLedgerTest {
    private static final InetAddress SUPERVISOR = InetAddress.ofLiteral("172.30.32.2");
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

    private final VirtualClock clock = new VirtualClock();
    private final Seams seams = new Seams(clock, new Random(5), Resolver.system());
    private final ListedUsers core = new ListedUsers().with("anna", HomeUser.Group.OTHER);
    private final List<String> ended = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder = Path.of("");

    private LinkTokens links = new LinkTokens(StateStore.open(Path.of("unused"), seams), Secret.of("k"), seams);
    private ApiDoor api = door(LoopbackAccess.ADMIN, "word");
    private IngressDoor ingress = new IngressDoor(SUPERVISOR, new HomeUsers(core, clock), Map.of());
    private SessionLedger ledger = new SessionLedger(new Rights(api, ingress), clock);

    @BeforeEach
    void open() {
        links = new LinkTokens(StateStore.open(folder, seams), Secret.of("key"), seams);
        api = door(LoopbackAccess.ADMIN, "word");
        ledger = new SessionLedger(new Rights(api, ingress), clock);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private static ApiDoor.Rules rules(LoopbackAccess loopback) {
        return new ApiDoor.Rules(loopback, false, LanAccess.LOGIN, List.of());
    }

    private static Logins logins(String password) {
        return new Logins(Optional.of(new LoginConfig("admin", Secret.of(password))), AccessConfig.STANDARD);
    }

    private ApiDoor door(LoopbackAccess loopback, String password) {
        return new ApiDoor(rules(loopback), logins(password), links, new WrongTries(clock));
    }

    private SessionLedger.Session watch(Principal who, String stream) {
        return ledger.open(who.grounds(), now -> now.mayView(stream), ended::add);
    }

    private Principal byToken(LinkTokens.Issued issued, TokenUse use) {
        return links.find(issued.token().reveal(), use).orElseThrow();
    }

    // The thread that looks has looked when it waits again.
    private void pass(Duration time) throws InterruptedException {
        clock.awaitWaiting(1);
        clock.advance(time);
    }

    private void awaitEnded(int count) throws InterruptedException {
        while (ended.size() < count) {
            Thread.onSpinWait();
            Thread.yield();
        }
    }

    @Test
    void link_revoked_endsWhoWatchesByIt_atOnce() throws Exception {
        LinkTokens.Issued issued = links.share("front", "admin", Duration.ofDays(1));
        LinkTokens.Issued other = links.share("front", "admin", Duration.ofDays(1));
        watch(byToken(issued, TokenUse.SESSION_START), "front");
        watch(byToken(other, TokenUse.SESSION_START), "front");
        links.revoke(issued.id());
        assertThat(ledger.look()).isEqualTo(1);
        assertThat(ended).containsExactly("The link that showed this has been revoked, or its time is over.");
        assertThat(ledger.size()).isEqualTo(1);
    }

    @Test
    void link_itsTimeIsOver_endsWhoWatchesByItWithinASecond() throws Exception {
        LinkTokens.Issued issued = links.share("front", "admin", Duration.ofHours(1));
        watch(byToken(issued, TokenUse.SESSION_START), "front");
        pass(Duration.ofMinutes(59));
        clock.awaitWaiting(1);
        assertThat(ended).isEmpty();
        pass(Duration.ofMinutes(1));
        awaitEnded(1);
        assertThat(ledger.size()).isZero();
    }

    @Test
    void onceToken_endsNotWithItsMinute_butWithTheRightOfItsMaker() throws Exception {
        Principal admin = logins("word").byName("admin", "word").orElseThrow();
        Principal visitor = byToken(links.once("front", admin).orElseThrow(), TokenUse.SESSION_START);
        watch(visitor, "front");
        clock.advance(Duration.ofHours(5));
        assertThat(ledger.look()).isZero();
        api.replace(rules(LoopbackAccess.ADMIN), logins("other"));
        assertThat(ledger.look()).isEqualTo(1);
        assertThat(new Rights(api, ingress).holds(visitor)).isFalse();
    }

    @Test
    void login_otherPassword_endsIt_andNotThoseWhoCameWithoutOne() {
        Principal admin = logins("word").byName("admin", "word").orElseThrow();
        Principal here = api.now(new Grounds.Place(HERE, false, false)).orElseThrow();
        watch(admin, "front");
        watch(here, "front");
        api.replace(rules(LoopbackAccess.ADMIN), logins("other"));
        assertThat(ledger.look()).isEqualTo(1);
        api.replace(rules(LoopbackAccess.LOGIN), logins("other"));
        assertThat(ledger.look()).isEqualTo(1);
        assertThat(ended)
                .hasSize(2)
                .containsOnly("What you may see here has changed, so this has ended. Sign in or load the page again.");
    }

    @Test
    void user_whoMaySeeLess_losesThatAlone() throws Exception {
        Principal anna = admitted();
        watch(anna, "front");
        watch(anna, "garden");
        ingress.replace(
                Map.of("anna", new UserConfig(UserRole.VIEWER, Optional.of(Set.of("garden")), Optional.empty())));
        assertThat(ledger.look()).isEqualTo(1);
        ingress.replace(Map.of("anna", new UserConfig(UserRole.NONE, Optional.empty(), Optional.empty())));
        assertThat(ledger.look()).isEqualTo(1);
    }

    private Principal admitted() throws InterruptedException {
        return ((Entry.Admitted) ingress.enter(SUPERVISOR, List.of("anna"), false)).principal();
    }

    @Test
    void user_whomHomeAssistantForgot_isEndedByTheNextReading_whichComesWithinAMinute() throws Exception {
        watch(admitted(), "front");
        core.remove("anna");
        pass(Duration.ofSeconds(30));
        clock.awaitWaiting(1);
        assertThat(ended).isEmpty();
        pass(Duration.ofSeconds(31));
        awaitEnded(1);
    }

    @Test
    void user_whileHomeAssistantIsAway_goesOn() throws Exception {
        watch(admitted(), "front");
        core.away(true);
        pass(Duration.ofHours(1));
        clock.awaitWaiting(1);
        assertThat(ended).isEmpty();
        assertThat(ledger.size()).isEqualTo(1);
    }

    @Test
    void rightThatWentBeforeItBegan_endsItAtOnce() throws Exception {
        LinkTokens.Issued issued = links.share("front", "admin", Duration.ofHours(1));
        Principal visitor = byToken(issued, TokenUse.SESSION_START);
        links.revoke(issued.id());
        watch(visitor, "front");
        assertThat(ended).hasSize(1);
        assertThat(ledger.size()).isZero();
    }

    @Test
    void whatEndedByItself_isForgotten_andHearsNothing() throws Exception {
        LinkTokens.Issued issued = links.share("front", "admin", Duration.ofHours(1));
        watch(byToken(issued, TokenUse.SESSION_START), "front").close();
        assertThat(ledger.size()).isZero();
        links.revoke(issued.id());
        assertThat(ledger.look()).isZero();
        assertThat(ended).isEmpty();
    }
}
