package oriel.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Resolver;
import oriel.base.Seams;
import oriel.base.Secret;
import oriel.config.AccessConfig;
import oriel.config.AddressRange;
import oriel.config.LanAccess;
import oriel.config.LoginConfig;
import oriel.config.LoopbackAccess;
import oriel.config.UserConfig;
import oriel.config.UserRole;
import oriel.state.StateStore;
import oriel.testing.VirtualClock;

class ApiDoorTest {
    private static final String LAN = "192.168.1.5";

    private final VirtualClock clock = new VirtualClock();
    private final WrongTries tries = new WrongTries(clock);

    @TempDir
    private Path folder = Path.of("");

    private LinkTokens links;
    private ApiDoor door;

    ApiDoorTest() {
        // Replaced before each test.
        links = new LinkTokens(StateStore.open(Path.of("unused"), seams()), Secret.of("k"), seams());
        door = door(LoopbackAccess.ADMIN, false, LanAccess.LOGIN);
    }

    @BeforeEach
    void open() {
        links = new LinkTokens(StateStore.open(folder, seams()), Secret.of("key"), seams());
        door = door(LoopbackAccess.ADMIN, false, LanAccess.LOGIN);
    }

    private Seams seams() {
        return new Seams(clock, new Random(7), Resolver.system());
    }

    private ApiDoor door(LoopbackAccess loopback, boolean supervised, LanAccess lan) {
        Map<String, UserConfig> users = new LinkedHashMap<>();
        users.put(
                "anna",
                new UserConfig(UserRole.VIEWER, Optional.of(Set.of("front")), Optional.of(Secret.of("annas:word"))));
        users.put("nobody", new UserConfig(UserRole.NONE, Optional.empty(), Optional.of(Secret.of("none"))));
        users.put("onlyha", new UserConfig(UserRole.ADMIN, Optional.empty(), Optional.empty()));
        AccessConfig access = new AccessConfig(Optional.empty(), lan, List.of(), users);
        Logins logins = new Logins(Optional.of(new LoginConfig("admin", Secret.of("wörd"))), access);
        List<AddressRange> trusted = List.of(
                new AddressRange(InetAddress.ofLiteral("10.9.0.1"), 32),
                new AddressRange(InetAddress.ofLiteral("127.0.0.9"), 32));
        return new ApiDoor(new ApiDoor.Rules(loopback, supervised, lan, trusted), logins, links, tries);
    }

    private Entry enter(String peer, String... headers) {
        return door.enter(new Knock(
                InetAddress.ofLiteral(peer), Set.of(headers), List.of(), List.of(), Optional.empty(), TokenUse.NONE));
    }

    private Entry login(String peer, String... authorization) {
        return door.enter(new Knock(
                InetAddress.ofLiteral(peer),
                Set.of("Authorization"),
                List.of(),
                List.of(authorization),
                Optional.empty(),
                TokenUse.NONE));
    }

    private Entry token(String peer, String token, TokenUse use) {
        return door.enter(
                new Knock(InetAddress.ofLiteral(peer), Set.of(), List.of(), List.of(), Optional.of(token), use));
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static Principal admitted(Entry entry) {
        assertThat(entry).isInstanceOf(Entry.Admitted.class);
        return ((Entry.Admitted) entry).principal();
    }

    private static Refusal refused(Entry entry) {
        assertThat(entry).isInstanceOf(Entry.Refused.class);
        return ((Entry.Refused) entry).refusal();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "::1", "::ffff:127.0.0.1"})
    void enter_loopbackPeer_isAdmin(String peer) {
        assertThat(enter(peer, "Host", "User-Agent", "X-Requested-With", "Origin", "Cookie"))
                .isInstanceOfSatisfying(Entry.Admitted.class, entry -> {
                    assertThat(entry.principal().name()).isEqualTo("this machine");
                    assertThat(entry.principal().role()).isEqualTo(Role.ADMIN);
                    assertThat(entry.login()).isFalse();
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Forwarded",
                "forwarded",
                "Via",
                "VIA",
                "X-Forwarded-For",
                "x-forwarded-host",
                "X-FORWARDED-PROTO",
                "X-Forwarded-Anything",
                "X-Forwarded",
                "X-Real-IP"
            })
    void enter_loopbackPeerBehindAProxy_isAskedForALogin(String header) {
        assertThat(refused(enter("127.0.0.1", "Host", header)).status()).isEqualTo(401);
        assertThat(refused(enter("127.0.0.1", "Host", header)).sentence()).contains("proxy", "Log in");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.168.1.5",
                "172.30.32.2",
                "172.30.32.1",
                "10.0.0.1",
                "10.9.0.1",
                "0.0.0.0",
                "::",
                "fe80::1",
                "2001:db8::1",
                "169.254.1.1"
            })
    void enter_otherPeer_isAskedForALogin(String peer) {
        assertThat(refused(enter(peer)).status()).isEqualTo(401);
    }

    @Test
    void enter_supervised_letsHomeAssistantInAsIntegration() {
        door = door(LoopbackAccess.INTEGRATION, true, LanAccess.LOGIN);
        assertThat(admitted(enter("127.0.0.1")).role()).isEqualTo(Role.INTEGRATION);
        assertThat(admitted(enter("172.30.32.1")).role()).isEqualTo(Role.INTEGRATION);
        assertThat(refused(enter("172.30.32.1", "X-Forwarded-For")).status()).isEqualTo(401);
        assertThat(refused(enter("172.30.33.5")).status()).isEqualTo(401);
    }

    @Test
    void enter_loopbackAsksForLogin_noPlaceComesInWithoutOne() {
        door = door(LoopbackAccess.LOGIN, true, LanAccess.LOGIN);
        assertThat(refused(enter("127.0.0.1")).status()).isEqualTo(401);
        assertThat(refused(enter("172.30.32.1")).status()).isEqualTo(401);
        assertThat(admitted(login("127.0.0.1", basic("admin", "wörd"))).role()).isEqualTo(Role.ADMIN);
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.1.5, true",
        "10.1.2.3, true",
        "172.16.0.1, true",
        "172.31.255.255, true",
        "169.254.9.9, true",
        "fd12::1, true",
        "fe80::1, true",
        "172.32.0.1, false",
        "203.0.113.9, false",
        "2001:db8::1, false",
        "100.64.0.1, false"
    })
    void enter_lanOpen_letsTheHomesNetworkInAndNoOther(String peer, boolean in) {
        door = door(LoopbackAccess.ADMIN, false, LanAccess.OPEN);
        assertThat(enter(peer) instanceof Entry.Admitted).isEqualTo(in);
        assertThat(refused(enter(peer, "X-Forwarded-For")).status()).isEqualTo(401);
    }

    @Test
    void enter_trustedProxy_tellsWhoIsBehindIt() {
        door = door(LoopbackAccess.ADMIN, false, LanAccess.OPEN);
        assertThat(forwarded("10.9.0.1", "203.0.113.9, 192.168.1.7")).isInstanceOf(Entry.Admitted.class);
        assertThat(forwarded("10.9.0.1", "192.168.1.7, 203.0.113.9")).isInstanceOf(Entry.Refused.class);
        // Nobody is this machine by a header.
        assertThat(forwarded("127.0.0.9", "127.0.0.1")).isInstanceOf(Entry.Refused.class);
        assertThat(forwarded("10.9.0.1", "None, ::1")).isInstanceOf(Entry.Refused.class);
        assertThat(forwarded("192.168.1.9", "192.168.1.7")).isInstanceOf(Entry.Refused.class);
    }

    private Entry forwarded(String peer, String... lines) {
        return door.enter(new Knock(
                InetAddress.ofLiteral(peer),
                Set.of("X-Forwarded-For"),
                List.of(lines),
                List.of(),
                Optional.empty(),
                TokenUse.NONE));
    }

    @Test
    void login_rightPassword_comesInAsWhoItIs() {
        assertThat(login(LAN, basic("admin", "wörd"))).isInstanceOfSatisfying(Entry.Admitted.class, entry -> {
            assertThat(entry.principal().role()).isEqualTo(Role.ADMIN);
            assertThat(entry.login()).isTrue();
            assertThat(entry.toString()).doesNotContain("wörd");
        });
        Principal anna = admitted(login(LAN, basic("anna", "annas:word")));
        assertThat(anna.name()).isEqualTo("anna");
        assertThat(anna.role()).isEqualTo(Role.VIEWER);
        assertThat(anna.streams()).isEqualTo(StreamScope.only(Set.of("front")));
        assertThat(anna.link()).isFalse();
        assertThat(admitted(login(LAN, "bEaReR  annas:word")).name()).isEqualTo("anna");
        assertThat(admitted(login(LAN, basic("nobody", "none"))).role()).isEqualTo(Role.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic",
                "Basic ",
                "Basic !!!",
                "Basic YWRtaW4=",
                "Basic /w==",
                "Bearer ",
                "Bearer",
                "Digest username=\"admin\"",
                "",
                "Bearer admin"
            })
    void login_malformed_isAWrongTry(String header) {
        for (int i = 0; i < 5; i++) {
            assertThat(refused(login(LAN, header)).status()).isEqualTo(401);
        }
        assertThat(refused(login(LAN, header)).status()).isEqualTo(429);
    }

    @Test
    void login_twoHeaders_isAWrongTry() {
        assertThat(refused(login(LAN, basic("admin", "wörd"), basic("admin", "wörd")))
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"admin, wrong", "wrong, wörd", "onlyha, ''", "'', ''", "admin, ''", "Admin, wörd", "anna, wörd"})
    void login_wrong_staysOut(String user, String password) {
        assertThat(refused(login(LAN, basic(user, password))).status()).isEqualTo(401);
    }

    @Test
    void login_fiveWrong_slowsThatAddressAloneEvenIfRight() {
        for (int i = 0; i < 5; i++) {
            login(LAN, basic("admin", "guess" + i));
        }
        Refusal slow = refused(login(LAN, basic("admin", "wörd")));
        assertThat(slow.status()).isEqualTo(429);
        assertThat(slow.retrySeconds()).isBetween(1, 20);
        assertThat(refused(enter(LAN)).status()).isEqualTo(401);
        assertThat(admitted(login("192.168.1.6", basic("admin", "wörd"))).role())
                .isEqualTo(Role.ADMIN);

        clock.advance(Duration.ofSeconds(slow.retrySeconds()));
        assertThat(admitted(login(LAN, basic("admin", "wörd"))).role()).isEqualTo(Role.ADMIN);
    }

    @Test
    void login_wrongOnceInAWhile_isNeverSlowed() {
        for (int i = 0; i < 20; i++) {
            assertThat(refused(login(LAN, basic("admin", "wrong"))).status()).isEqualTo(401);
            clock.advance(Duration.ofSeconds(16));
        }
    }

    @Test
    void login_oneIpv6Network_isOneAddress() {
        for (int i = 0; i < 5; i++) {
            login("2001:db8::" + i, basic("admin", "wrong"));
        }
        assertThat(refused(login("2001:db8::99", basic("admin", "wörd"))).status())
                .isEqualTo(429);
        assertThat(login("2001:db8:0:1::1", basic("admin", "wörd"))).isInstanceOf(Entry.Admitted.class);
    }

    @Test
    void tries_manyAddresses_areBounded() {
        for (int i = 0; i < WrongTries.MAX_ADDRESSES + 500; i++) {
            login("10." + (i >> 16 & 255) + "." + (i >> 8 & 255) + "." + (i & 255), basic("admin", "wrong"));
        }
        assertThat(tries.addresses()).isEqualTo(WrongTries.MAX_ADDRESSES);
    }

    @Test
    void login_wrongOnThisMachine_takesNothingAndGuessesNothing() {
        assertThat(admitted(login("127.0.0.1", basic("old", "go2rtc"))).role()).isEqualTo(Role.ADMIN);
        door = door(LoopbackAccess.INTEGRATION, true, LanAccess.LOGIN);
        assertThat(admitted(login("127.0.0.1", basic("admin", "wörd"))).role()).isEqualTo(Role.ADMIN);
        for (int i = 0; i < 9; i++) {
            assertThat(admitted(login("127.0.0.1", basic("admin", "x" + i))).role())
                    .isEqualTo(Role.INTEGRATION);
        }
        assertThat(admitted(login("127.0.0.1", basic("admin", "wörd"))).role()).isEqualTo(Role.INTEGRATION);
    }

    @Test
    void token_ofAShareLink_opensItsStreamOnMediaRoutesOnly() throws Exception {
        String token =
                links.share("front", "admin", Duration.ofHours(1)).token().reveal();
        Principal visitor = admitted(token(LAN, token, TokenUse.MEDIA));
        assertThat(visitor.role()).isEqualTo(Role.VIEWER);
        assertThat(visitor.link()).isTrue();
        assertThat(visitor.streams()).isEqualTo(StreamScope.only(Set.of("front")));
        assertThat(admitted(token(LAN, token, TokenUse.SESSION_START)).link()).isTrue();
        assertThat(refused(token(LAN, token, TokenUse.NONE)).status()).isEqualTo(401);
        assertThat(refused(token(LAN, token + "x", TokenUse.MEDIA)).status()).isEqualTo(401);
    }
}
