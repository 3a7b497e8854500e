package oriel.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.config.UserConfig;
import oriel.config.UserRole;
import oriel.testing.VirtualClock;

class IngressDoorTest {
    private static final InetAddress SUPERVISOR = InetAddress.ofLiteral("172.30.32.2");

    private final VirtualClock clock = new VirtualClock();
    private final ListedUsers core = new ListedUsers()
            .with("owner", HomeUser.Group.OWNER)
            .with("boss", HomeUser.Group.ADMINISTRATOR)
            .with("anna", HomeUser.Group.OTHER)
            .with("ben", HomeUser.Group.OTHER)
            .with("eve", HomeUser.Group.OTHER)
            .with(new HomeUser("gone", Optional.of("gone"), "Gone", HomeUser.Group.OWNER, false));
    private final IngressDoor door = new IngressDoor(
            SUPERVISOR,
            new HomeUsers(core, clock),
            Map.of(
                    "ANNA-login", new UserConfig(UserRole.OPERATOR, Optional.of(Set.of("front")), Optional.empty()),
                    "The ben", new UserConfig(UserRole.ADMIN, Optional.empty(), Optional.empty()),
                    "eve", new UserConfig(UserRole.NONE, Optional.empty(), Optional.empty()),
                    "boss", new UserConfig(UserRole.VIEWER, Optional.empty(), Optional.empty())));

    private Entry enter(boolean changes, String... ids) throws InterruptedException {
        return door.enter(SUPERVISOR, List.of(ids), changes);
    }

    private static int refused(Entry entry) {
        assertThat(entry).isInstanceOf(Entry.Refused.class);
        return ((Entry.Refused) entry).refusal().status();
    }

    private static Principal admitted(Entry entry) {
        assertThat(entry).isInstanceOf(Entry.Admitted.class);
        return ((Entry.Admitted) entry).principal();
    }

    @Test
    void enter_homeAssistantsUser_hasTheRoleOfTheGroupOrTheOwnersWord() throws Exception {
        assertThat(admitted(enter(true, "owner")).role()).isEqualTo(Role.ADMIN);
        assertThat(admitted(enter(true, "boss")).role()).isEqualTo(Role.ADMIN);
        assertThat(admitted(enter(false, "anna")))
                .isEqualTo(new Principal(
                        "The anna",
                        Role.OPERATOR,
                        Door.INGRESS,
                        StreamScope.only(Set.of("front")),
                        false,
                        new Grounds.Member("anna")));
        // A name for people's eyes gives no rights: a user may choose it.
        assertThat(admitted(enter(false, "ben")).role()).isEqualTo(Role.VIEWER);
        assertThat(admitted(enter(false, "eve")).role()).isEqualTo(Role.NONE);
    }

    @Test
    void enter_nobodyHomeAssistantKnows_staysOut() throws Exception {
        assertThat(refused(enter(false, "stranger"))).isEqualTo(403);
        assertThat(refused(enter(false))).isEqualTo(403);
        assertThat(refused(enter(false, ""))).isEqualTo(403);
        assertThat(refused(enter(false, "owner", "owner"))).isEqualTo(403);
        assertThat(refused(enter(false, "gone"))).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "172.30.32.1", "172.30.32.3", "192.168.1.5", "::1"})
    void enter_anybodyButTheSupervisor_staysOut(String peer) throws Exception {
        assertThat(refused(door.enter(InetAddress.ofLiteral(peer), List.of("owner"), false)))
                .isEqualTo(403);
        assertThat(core.asked()).isZero();
    }

    @Test
    void enter_coreAway_viewsOnlyAndSaysSoToAdmins() throws Exception {
        enter(false, "owner");
        core.away(true);
        clock.advance(Duration.ofSeconds(30));
        assertThat(refused(enter(true, "owner"))).isEqualTo(503);
        assertThat(admitted(enter(false, "owner")).role()).isEqualTo(Role.ADMIN);

        clock.advance(Duration.ofMinutes(5));
        assertThat(admitted(enter(false, "owner")).role()).isEqualTo(Role.VIEWER);
        assertThat(admitted(enter(false, "eve")).role()).isEqualTo(Role.NONE);

        clock.advance(Duration.ofMinutes(15));
        assertThat(refused(enter(false, "owner"))).isEqualTo(503);
    }

    @Test
    void enter_userTakenAway_staysOutAfterAMinute() throws Exception {
        enter(false, "anna");
        core.remove("anna");
        clock.advance(Duration.ofSeconds(61));
        assertThat(refused(enter(false, "anna"))).isEqualTo(403);
    }

    @Test
    void path_isOneOfHomeAssistantsOrNone() {
        assertThat(IngressDoor.path(List.of("/api/hassio_ingress/Ab-_9"))).contains("/api/hassio_ingress/Ab-_9");
        for (String wrong : List.of(
                "",
                "/",
                "/api/hassio_ingress/",
                "/api/hassio_ingress/a/b",
                "/api/hassio_ingress/../x",
                "//evil.example",
                "https://evil.example",
                "/api/hassio_ingress/\"><script>",
                "/api/hassio_ingress/a\r\nSet-Cookie: x")) {
            assertThat(IngressDoor.path(List.of(wrong))).as(wrong).isEmpty();
        }
        assertThat(IngressDoor.path(List.of("/api/hassio_ingress/a", "/api/hassio_ingress/a")))
                .isEmpty();
    }
}
