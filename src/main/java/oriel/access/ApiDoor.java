package oriel.access;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import oriel.base.MalformedException;
import oriel.config.AddressRange;
import oriel.config.LanAccess;
import oriel.config.LoopbackAccess;

/**
 * The HTTP port: programs on this machine come in as the owner says, everybody else logs in by name and password, a bearer
 * token or a link. Who tries wrong passwords is slowed down. Any thread.
 */
public final class ApiDoor {
    /** Home Assistant itself, as an app on the host's network sees it. */
    private static final InetAddress HOST_GATEWAY = InetAddress.ofLiteral("172.30.32.1");

    private static final String HOW = " Log in by a user and a password (HTTP Basic): the first one is in the file"
            + " password of Oriel's data folder and in the log of the first start.";

    private volatile Openings openings;
    private final LinkTokens links;
    private final WrongTries tries;

    private record Openings(Rules rules, Logins logins) {}

    /**
     * What the owner wants.
     *
     * @param loopback what a program on this machine may do
     * @param supervised whether Home Assistant's Supervisor runs us
     * @param lan what the home's network may do
     * @param trusted proxies whose word is taken
     */
    public record Rules(LoopbackAccess loopback, boolean supervised, LanAccess lan, List<AddressRange> trusted) {
        public Rules {
            trusted = List.copyOf(trusted);
        }
    }

    public ApiDoor(Rules rules, Logins logins, LinkTokens links, WrongTries tries) {
        this.openings = new Openings(rules, logins);
        this.links = links;
        this.tries = tries;
    }

    /** Lets others in from now on. */
    public void replace(Rules rules, Logins logins) {
        openings = new Openings(rules, logins);
    }

    /** Whether the owner named this peer as a proxy. */
    public boolean trusts(InetAddress peer) {
        return Caller.isTrusted(peer, openings.rules().trusted());
    }

    /** Whether many people may come from this peer, so that it cannot be taken for one of them. */
    public boolean carriesMany(InetAddress peer) {
        return AddressClass.of(peer) == AddressClass.LOOPBACK || isHost(peer) || trusts(peer);
    }

    private boolean isHost(InetAddress peer) {
        return openings.rules().supervised() && peer.equals(HOST_GATEWAY);
    }

    /** Who knocks. */
    public Entry enter(Knock knock) {
        Openings now = openings;
        Caller caller = Caller.of(
                knock.peer(),
                knock.headerNames(),
                knock.forwardedFor(),
                now.rules().trusted());
        Optional<Principal> here = byPlace(caller, now.rules());
        boolean shows = !knock.authorization().isEmpty() || knock.token().isPresent();
        if (!shows || here.filter(who -> who.role() == Role.ADMIN).isPresent()) {
            return here.<Entry>map(who -> new Entry.Admitted(who, false)).orElseGet(() -> askForLogin(caller));
        }
        int wait = tries.waitSeconds(caller.address());
        if (wait == 0) {
            Optional<Principal> shown = byLogin(knock, now.logins());
            if (shown.isPresent()) {
                return new Entry.Admitted(shown.get(), true);
            }
            tries.count(caller.address());
        }
        // What a program here shows beside the point takes nothing from it: go2rtc's clients send old passwords.
        return here.<Entry>map(who -> new Entry.Admitted(who, false))
                .orElseGet(() -> wait == 0 ? refuse(401, "This login is wrong." + HOW) : slowDown(wait));
    }

    /** Who comes from there now. */
    Optional<Principal> now(Grounds.Place place) {
        Caller caller = new Caller(place.address(), place.proxied(), place.known());
        return byPlace(caller, openings.rules());
    }

    /** Whose login that is now. */
    Optional<Principal> now(Grounds.Login login) {
        return openings.logins().byDigest(login.digest());
    }

    /** Who comes by that link now. */
    Optional<Principal> now(Grounds.Link link) {
        return links.find(link);
    }

    private static Optional<Principal> byPlace(Caller caller, Rules rules) {
        boolean direct = !caller.proxied();
        if (direct && AddressClass.of(caller.address()) == AddressClass.LOOPBACK) {
            return switch (rules.loopback()) {
                case ADMIN -> Optional.of(here("this machine", Role.ADMIN, caller));
                case INTEGRATION -> Optional.of(here("this machine", Role.INTEGRATION, caller));
                case LOGIN -> Optional.empty();
            };
        }
        boolean fromHost = rules.supervised()
                && rules.loopback() != LoopbackAccess.LOGIN
                && caller.address().equals(HOST_GATEWAY);
        if (direct && fromHost) {
            return Optional.of(here("Home Assistant", Role.INTEGRATION, caller));
        }
        boolean open = rules.lan() == LanAccess.OPEN && (direct || caller.known()) && caller.isNear();
        return open ? Optional.of(here("the home's network", Role.ADMIN, caller)) : Optional.empty();
    }

    private static Principal here(String name, Role role, Caller caller) {
        Grounds grounds = new Grounds.Place(caller.address(), caller.proxied(), caller.known());
        return new Principal(name, role, Door.API, StreamScope.ALL, false, grounds);
    }

    private Optional<Principal> byLogin(Knock knock, Logins logins) {
        Optional<Principal> shown = Optional.empty();
        if (knock.authorization().size() == 1) {
            shown = byHeader(knock.authorization().getFirst(), knock.use(), logins);
        }
        return shown.or(() -> knock.token().flatMap(token -> links.find(token, knock.use())));
    }

    private Optional<Principal> byHeader(String header, TokenUse use, Logins logins) {
        try {
            return switch (Authorization.parse(header)) {
                case Authorization.Basic basic ->
                    logins.byName(basic.name(), basic.password().reveal());
                case Authorization.Bearer bearer ->
                    logins.byPassword(bearer.token().reveal())
                            .or(() -> links.find(bearer.token().reveal(), use));
            };
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    private static Entry askForLogin(Caller caller) {
        return refuse(
                401,
                (caller.proxied() ? "This request came through a proxy." : "This address asks for a login.") + HOW);
    }

    private static Entry refuse(int status, String sentence) {
        return new Entry.Refused(new Refusal(status, sentence));
    }

    private static Entry slowDown(int seconds) {
        return new Entry.Refused(new Refusal(
                429, "Too many wrong logins came from this address. Try again in " + seconds + " s.", seconds));
    }
}
