package oriel.access;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import oriel.config.UserConfig;

/**
 * The door through Home Assistant's front end. Only the Supervisor is served there, whatever address the port is bound to;
 * it names the user, and Home Assistant's own list says what they are: owner and administrators are admin, others what
 * {@code oriel.access.users} makes of them, else viewer; who is in no list is nobody. Blocks while Home Assistant is asked.
 */
public final class IngressDoor {
    private static final Pattern PATH = Pattern.compile("/api/hassio_ingress/[A-Za-z0-9_-]{1,128}");

    private final InetAddress supervisor;
    private final HomeUsers users;
    private volatile Map<String, UserConfig> rights;

    /** @param rights by a user's id or login */
    public IngressDoor(InetAddress supervisor, HomeUsers users, Map<String, UserConfig> rights) {
        this.supervisor = supervisor;
        this.users = users;
        this.rights = Map.copyOf(rights);
    }

    /** Gives Home Assistant's users these rights from now on. */
    public void replace(Map<String, UserConfig> now) {
        rights = Map.copyOf(now);
    }

    /** Whether this end of a TCP connection is served at all. */
    public boolean serves(InetAddress peer) {
        return peer.equals(supervisor);
    }

    /** The path under which Home Assistant shows us, from its header {@code X-Ingress-Path}; empty if it is none. */
    public static Optional<String> path(List<String> headers) {
        return headers.size() == 1 && PATH.matcher(headers.getFirst()).matches()
                ? Optional.of(headers.getFirst())
                : Optional.empty();
    }

    /**
     * Who knocks.
     *
     * @param userIds the lines of {@code X-Remote-User-Id}
     * @param changes whether more is asked than to view
     */
    public Entry enter(InetAddress peer, List<String> userIds, boolean changes) throws InterruptedException {
        if (!serves(peer)) {
            return refuse(403, "This port serves Home Assistant's Supervisor alone.");
        }
        if (userIds.size() != 1 || userIds.getFirst().isEmpty()) {
            return refuse(403, "Home Assistant did not say who asks.");
        }
        return switch (users.find(userIds.getFirst(), changes)) {
            case HomeUsers.Answer.Unknown u -> refuse(403, "Home Assistant does not know this user.");
            case HomeUsers.Answer.Unavailable u ->
                refuse(
                        503,
                        "Home Assistant does not tell who you are and what you may do right now. Try again in a"
                                + " moment.");
            case HomeUsers.Answer.Known known -> admit(known);
        };
    }

    /** Who the user of this id is by the list that was read last; empty if nobody. */
    Optional<Principal> now(String id) {
        return switch (users.known(id)) {
            case HomeUsers.Answer.Unknown u -> Optional.empty();
            case HomeUsers.Answer.Unavailable u -> Optional.empty();
            case HomeUsers.Answer.Known known ->
                admit(known) instanceof Entry.Admitted(Principal who, boolean login)
                        ? Optional.of(who)
                        : Optional.empty();
        };
    }

    /** Has the list read again if it is older than viewing allows. */
    void refresh() throws InterruptedException {
        users.refresh();
    }

    private Entry admit(HomeUsers.Answer.Known known) {
        HomeUser user = known.user();
        if (!user.active()) {
            return refuse(403, "Home Assistant has switched this user off.");
        }
        String name = user.name().isEmpty() ? user.username().orElse(user.id()) : user.name();
        Optional<UserConfig> own = own(user);
        boolean admin = user.group() != HomeUser.Group.OTHER;
        Role role =
                admin ? Role.ADMIN : own.map(config -> Role.of(config.role())).orElse(Role.VIEWER);
        StreamScope streams = admin ? StreamScope.ALL : new StreamScope(own.flatMap(UserConfig::streams));
        Role now = known.viewOnly() && role != Role.NONE ? Role.VIEWER : role;
        return new Entry.Admitted(
                new Principal(name, now, Door.INGRESS, streams, false, new Grounds.Member(user.id())), true);
    }

    private Optional<UserConfig> own(HomeUser user) {
        Map<String, UserConfig> now = rights;
        return Optional.ofNullable(now.get(user.id()))
                .or(() -> user.username().map(now::get))
                .or(() -> user.username()
                        .flatMap(login -> now.entrySet().stream()
                                .filter(entry ->
                                        entry.getKey().toLowerCase(Locale.ROOT).equals(login.toLowerCase(Locale.ROOT)))
                                .min(Map.Entry.comparingByKey())
                                .map(Map.Entry::getValue)));
    }

    private static Entry refuse(int status, String sentence) {
        return new Entry.Refused(new Refusal(status, sentence, status == 503 ? 5 : 0));
    }
}
