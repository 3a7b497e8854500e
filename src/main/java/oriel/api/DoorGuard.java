package oriel.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import oriel.access.ApiDoor;
import oriel.access.Door;
import oriel.access.Entry;
import oriel.access.HostCheck;
import oriel.access.IngressDoor;
import oriel.access.Knock;
import oriel.access.OriginCheck;
import oriel.access.Principal;
import oriel.access.Refusal;
import oriel.access.Rights;
import oriel.access.TokenUse;

/**
 * Decides on each request before any route sees it: by which door it came, as whom, from which page, and whether that is
 * enough. Blocks while Home Assistant is asked for its users.
 */
public final class DoorGuard {
    private static final String JSON = "application/json";
    private static final String OURS = "X-Oriel";
    private static final List<String> PREFLIGHTED = List.of(JSON, "application/sdp", "application/trickle-ice-sdpfrag");

    private final ApiDoor api;
    private final IngressDoor ingress;
    private final HostCheck hosts;
    private final OriginCheck origins;
    private final Rights rights;

    public DoorGuard(ApiDoor api, IngressDoor ingress, HostCheck hosts, OriginCheck origins) {
        this.api = api;
        this.ingress = ingress;
        this.hosts = hosts;
        this.origins = origins;
        this.rights = new Rights(api, ingress);
    }

    /** What becomes of those who were let in. */
    public Rights rights() {
        return rights;
    }

    IngressDoor ingress() {
        return ingress;
    }

    /** Whether a page may ask at all, before it shows a login: what CORS calls a preflight. */
    Optional<Refusal> preflight(HttpRequest<?> request) {
        return origins.check(all(request, HttpHeaders.ORIGIN), host(request));
    }

    /** Who asks, if they may come in and have what the route asks for. */
    Entry enter(HttpRequest<?> request, Door door, RouteNeeds needs) throws InterruptedException {
        Entry entry = door == Door.INGRESS ? byIngress(request, needs) : byApi(request, needs);
        if (!(entry instanceof Entry.Admitted admitted)) {
            return entry;
        }
        Principal who = admitted.principal();
        boolean linkElsewhere = who.link() && needs.token() == TokenUse.NONE;
        if (!who.role().may(needs.right()) || linkElsewhere) {
            return refuse("You may not do this: your role is " + who.role().word() + ".");
        }
        return rights.holds(who) ? entry : refuse("Whoever this link was made by may not see this any more.");
    }

    private Entry byIngress(HttpRequest<?> request, RouteNeeds needs) throws InterruptedException {
        Entry entry = ingress.enter(
                peer(request), all(request, "X-Remote-User-Id"), needs.right().changes());
        boolean safe = isSafe(request) && !needs.right().changes();
        if (entry instanceof Entry.Admitted && !safe && !isOurs(request, needs)) {
            return refuse("Through Home Assistant a change needs a JSON body or the header X-Oriel: 1.");
        }
        return entry;
    }

    private Entry byApi(HttpRequest<?> request, RouteNeeds needs) {
        Entry entry = api.enter(new Knock(
                peer(request),
                request.getHeaders().names(),
                all(request, "X-Forwarded-For"),
                all(request, HttpHeaders.AUTHORIZATION),
                needs.token() == TokenUse.NONE ? Optional.empty() : Requests.query(request, "token"),
                needs.token()));
        if (!(entry instanceof Entry.Admitted admitted)) {
            return entry;
        }
        Optional<Refusal> refusal = admitted.login() ? Optional.empty() : hosts.check(all(request, HttpHeaders.HOST));
        return refusal.or(() -> origins.check(all(request, HttpHeaders.ORIGIN), host(request)))
                .<Entry>map(Entry.Refused::new)
                .orElse(entry);
    }

    /** Whether many people may come from this peer. */
    boolean carriesMany(InetAddress peer) {
        return api.carriesMany(peer);
    }

    /** Whether what the request says of the way it came is believed: a named proxy said it, or the Supervisor. */
    boolean believes(HttpRequest<?> request) {
        return DoorChannel.door(request) == Door.INGRESS || api.trusts(peer(request));
    }

    /** The host that the browser asked for: a proxy that the owner named may tell. */
    private String host(HttpRequest<?> request) {
        String said = api.trusts(peer(request)) ? request.getHeaders().get("X-Forwarded-Host") : null;
        String host = said == null ? request.getHeaders().get(HttpHeaders.HOST) : said;
        return host == null ? "" : host;
    }

    private static boolean isSafe(HttpRequest<?> request) {
        return switch (request.getMethodName()) {
            case "GET", "HEAD", "OPTIONS" -> true;
            default -> false;
        };
    }

    // No page of another site can send one of these without being asked for its origin first.
    private static boolean isOurs(HttpRequest<?> request, RouteNeeds needs) {
        String type = Requests.contentType(request);
        return "1".equals(request.getHeaders().get(OURS))
                || (needs.right().changes() ? type.equals(JSON) : PREFLIGHTED.contains(type));
    }

    static InetAddress peer(HttpRequest<?> request) {
        InetSocketAddress remote = request.getRemoteAddress();
        // An address that is not known is nobody's: the any-address is no loopback.
        return remote == null || remote.getAddress() == null
                ? new InetSocketAddress(0).getAddress()
                : remote.getAddress();
    }

    private static List<String> all(HttpRequest<?> request, String header) {
        return request.getHeaders().getAll(header);
    }

    private static Entry refuse(String sentence) {
        return new Entry.Refused(new Refusal(403, sentence));
    }
}
