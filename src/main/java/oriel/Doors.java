package oriel;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.access.ApiDoor;
import oriel.access.HomeUsers;
import oriel.access.HostCheck;
import oriel.access.IngressDoor;
import oriel.access.LinkTokens;
import oriel.access.Logins;
import oriel.access.OriginCheck;
import oriel.access.SessionLedger;
import oriel.access.UserDirectory;
import oriel.access.WrongTries;
import oriel.api.DoorGuard;
import oriel.base.Clock;
import oriel.base.Seams;
import oriel.base.Secret;
import oriel.config.AccessConfig;
import oriel.config.GatewayConfig;
import oriel.config.LanAccess;
import oriel.config.LoadedConfig;
import oriel.config.LoginConfig;
import oriel.config.LoopbackAccess;
import oriel.state.KeptSecret;
import oriel.state.StateStore;

/**
 * Who may come in, built from the configuration and what the data folder keeps: the first password where no login is
 * configured, and the key of links. Takes other logins and rights while it runs; what runs on those that are gone ends.
 */
final class Doors implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("access");
    private static final String FIRST_USER = "admin";

    // 32 of them, five bits each; none that is taken for another when it is read aloud.
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int PASSWORD_LETTERS = 20;
    private static final int KEY_LETTERS = 52;

    private final Seams seams;
    private final LinkTokens links;
    private final ApiDoor api;
    private final IngressDoor ingress;
    private final DoorGuard guard;
    private final SessionLedger sessions;
    private GatewayConfig current; // guarded by this
    private volatile Optional<Secret> firstPassword;

    private Doors(LoadedConfig loaded, StateStore state, UserDirectory directory, Seams seams) {
        GatewayConfig config = loaded.config();
        AccessConfig access = config.oriel().access();
        this.seams = seams;
        this.current = config;
        this.firstPassword = firstPassword(loaded, seams);
        Secret key = KeptSecret.open(loaded.dataFolder(), "link.key", () -> word(seams.random(), KEY_LETTERS))
                .word();
        this.links = new LinkTokens(state, key, seams);
        Clock clock = seams.clock();
        this.api = new ApiDoor(rules(loaded), logins(config, firstPassword), links, new WrongTries(clock));
        this.ingress =
                new IngressDoor(config.oriel().ingress().peer(), new HomeUsers(directory, clock), access.users());
        this.guard = new DoorGuard(
                api,
                ingress,
                new HostCheck(config.oriel().hosts()),
                new OriginCheck(config.api().origins()));
        this.sessions = new SessionLedger(guard.rights(), clock);
    }

    /** Builds them; writes what is missing in the data folder. */
    static Doors open(LoadedConfig loaded, StateStore state, UserDirectory directory, Seams seams) {
        return new Doors(loaded, state, directory, seams);
    }

    /** Stands before all routes. */
    DoorGuard guard() {
        return guard;
    }

    /** What links open. */
    LinkTokens links() {
        return links;
    }

    /** What runs on somebody's right. */
    SessionLedger sessions() {
        return sessions;
    }

    /** Of the login {@code admin}, while no login is configured. */
    Optional<Secret> firstPassword() {
        return firstPassword;
    }

    /** Lets in whom this configuration names, and ends what runs on rights that are gone; says so if anything differs. */
    synchronized Optional<String> apply(LoadedConfig loaded) {
        GatewayConfig now = loaded.config();
        boolean same = now.api().login().equals(current.api().login())
                && now.oriel().access().equals(current.oriel().access());
        current = now;
        if (same) {
            return Optional.empty();
        }
        firstPassword = firstPassword(loaded, seams);
        api.replace(rules(loaded), logins(now, firstPassword));
        ingress.replace(now.oriel().access().users());
        int ended = sessions.look();
        return Optional.of("Logins and rights have changed"
                + switch (ended) {
                    case 0 -> ".";
                    case 1 -> ", which ended one session.";
                    default -> ", which ended " + ended + " sessions.";
                });
    }

    @Override
    public void close() {
        sessions.close();
    }

    private static Logins logins(GatewayConfig config, Optional<Secret> first) {
        Optional<LoginConfig> admin =
                config.api().login().or(() -> first.map(word -> new LoginConfig(FIRST_USER, word)));
        return new Logins(admin, config.oriel().access());
    }

    private static ApiDoor.Rules rules(LoadedConfig loaded) {
        AccessConfig access = loaded.config().oriel().access();
        LoopbackAccess standard = loaded.supervised() ? LoopbackAccess.INTEGRATION : LoopbackAccess.ADMIN;
        LanAccess lan = access.lan();
        if (lan == LanAccess.OPEN && loaded.config().api().login().isPresent()) {
            LOG.warn("oriel.access.lan: open has no effect, because api.password asks for a login, as in go2rtc");
            lan = LanAccess.LOGIN;
        } else if (lan == LanAccess.OPEN) {
            LOG.warn("oriel.access.lan: open lets everybody in the home's network in, as admin and without a login."
                    + " Take the line out to have Oriel ask for one.");
        }
        return new ApiDoor.Rules(access.loopback().orElse(standard), loaded.supervised(), lan, access.trustedProxies());
    }

    private static Optional<Secret> firstPassword(LoadedConfig loaded, Seams seams) {
        if (Logins.configured(
                loaded.config().api().login(), loaded.config().oriel().access())) {
            return Optional.empty();
        }
        KeptSecret kept =
                KeptSecret.open(loaded.dataFolder(), "password", () -> word(seams.random(), PASSWORD_LETTERS));
        if (kept.fresh()) {
            // The one time that it is shown; from the next line on the log masks it.
            LOG.info(
                    "first start: other machines log in as {} with the password {}, which is kept in {}",
                    FIRST_USER,
                    kept.word().reveal(),
                    kept.file());
        }
        loaded.redactions().add(List.of(kept.word().reveal()));
        return Optional.of(kept.word());
    }

    private static String word(RandomGenerator random, int letters) {
        StringBuilder word = new StringBuilder();
        random.ints(letters, 0, LETTERS.length()).forEach(i -> word.append(LETTERS.charAt(i)));
        return word.toString();
    }
}
