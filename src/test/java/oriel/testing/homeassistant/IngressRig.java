package oriel.testing.homeassistant;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oriel.testing.homeassistant.HopWire.Head;
import oriel.testing.homeassistant.HopWire.Header;
import oriel.testing.homeassistant.IngressHop.Decision;

/**
 * The way from a browser to an app through Home Assistant's front end: Core under {@code /api/hassio_ingress/<token>/}, and
 * the Supervisor behind it, which knows the user by a cookie. Both add and drop headers, quote addresses anew, and limit
 * messages as the real ones do. The app sees 127.0.0.1 as its peer.
 *
 * <pre>{@code
 * try (IngressRig rig = IngressRig.inFrontOf(port)) {
 *     String cookie = rig.session(FakeUser.owner("anna"));
 *     // GET rig.address() + "/" with the header Cookie: ingress_session=<cookie>
 * }
 * }</pre>
 */
public final class IngressRig implements AutoCloseable {
    /** Names a browser's user to the Supervisor. */
    public static final String COOKIE = "ingress_session";

    private static final String TOKEN = "Rig-0_tokenOfTheApp";
    private static final String PREFIX = "/api/hassio_ingress/";
    private static final Pattern TARGET = Pattern.compile("([^?]*)(?:\\?(.*))?");
    private static final Pattern AT_CORE = Pattern.compile(PREFIX + "([^/]+)/(.*)");
    private static final Pattern AT_SUPERVISOR = Pattern.compile("/ingress/([^/]+)/(.*)");
    private static final Pattern EVIL = Pattern.compile(
            "proc/self/environ|(<|%3c).*script.*(>|%3e)|\\.\\./|\\w=/[a-z0-9_.]/|union.*select.*\\(|union.*all.*select"
                    + "|concat.*\\(",
            Pattern.CASE_INSENSITIVE);
    private static final Set<String> HOPS_OWN = Set.of(
            "content-length",
            "content-encoding",
            "transfer-encoding",
            "accept-encoding",
            "sec-websocket-extensions",
            "sec-websocket-protocol",
            "sec-websocket-version",
            "sec-websocket-key");
    private static final Set<String> SUPERVISORS_OWN = Set.of(
            "x-supervisor-token",
            "x-hassio-key",
            "x-remote-user-id",
            "x-remote-user-name",
            "x-remote-user-display-name");

    private final Map<String, FakeUser> sessions = new ConcurrentHashMap<>();
    private final IngressHop supervisor;
    private final IngressHop core;

    private IngressRig(int port) throws IOException {
        supervisor = new IngressHop(new Supervisor(port));
        core = new IngressHop(new Core());
    }

    /** @param port where the app listens for ingress */
    public static IngressRig inFrontOf(int port) throws IOException {
        return new IngressRig(port);
    }

    /** Where the app is for a browser; no slash behind it. */
    public String address() {
        return origin() + PREFIX + TOKEN;
    }

    /** Home Assistant's own. */
    public String origin() {
        return "http://127.0.0.1:" + core.port();
    }

    /** The cookie's value of a browser in which this user has signed in. */
    public String session(FakeUser user) {
        sessions.put("session-of-" + user.id(), user);
        return "session-of-" + user.id();
    }

    @Override
    public void close() throws IOException {
        core.close();
        supervisor.close();
    }

    private static String query(Head head, boolean again) {
        Matcher target = matched(TARGET, head.word(1)).orElseThrow();
        String raw = target.group(2);
        if (raw == null || raw.isEmpty()) {
            return "";
        }
        // A request's parameters are handed on one by one, a WebSocket's as one text.
        String text = Quoting.queryString(raw);
        return "?" + (!head.upgrades() ? raw : again ? Quoting.queryAgain(text) : Quoting.query(text));
    }

    private static String path(Head head) {
        return matched(TARGET, head.word(1)).orElseThrow().group(1);
    }

    private static Optional<Matcher> matched(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.matches() ? Optional.of(matcher) : Optional.empty();
    }

    private static List<Header> without(Head head, Set<String> own) {
        List<Header> headers = new ArrayList<>(head.headers());
        headers.removeIf(header -> own.contains(header.name().toLowerCase(Locale.ROOT)));
        return headers;
    }

    private static void put(List<Header> headers, String name, String value) {
        headers.removeIf(header -> header.is(name));
        headers.add(new Header(name, value));
    }

    /** {@code homeassistant/components/hassio/ingress.py}. */
    private final class Core implements IngressHop.Rules {
        @Override
        public Decision decide(Head head, String peer) {
            Optional<Matcher> found = matched(AT_CORE, path(head));
            if (found.isEmpty()) {
                return new Decision.Refused(404);
            }
            String token = found.get().group(1);
            List<Header> headers = without(head, HOPS_OWN);
            put(headers, "X-Hass-Source", "core.ingress");
            put(headers, "X-Ingress-Path", PREFIX + token);
            put(
                    headers,
                    "X-Forwarded-For",
                    head.value("X-Forwarded-For").map(before -> before + ", ").orElse("") + peer);
            put(
                    headers,
                    "X-Forwarded-Host",
                    head.value("X-Forwarded-Host").orElse(head.value("Host").orElse("")));
            put(headers, "X-Forwarded-Proto", head.value("X-Forwarded-Proto").orElse("http"));
            String rest = Quoting.path(Quoting.plain(found.get().group(2)));
            return new Decision.Onwards(
                    supervisor.port(), "/ingress/" + token + "/" + rest + query(head, false), headers);
        }

        @Override
        public int maxMessage() {
            return 4 << 20;
        }

        @Override
        public boolean isCore() {
            return true;
        }
    }

    /** {@code supervisor/api/ingress.py}, behind {@code supervisor/api/middleware/security.py}. */
    private final class Supervisor implements IngressHop.Rules {
        private final int app;

        Supervisor(int app) {
            this.app = app;
        }

        @Override
        public Decision decide(Head head, String peer) {
            if (EVIL.matcher(whollyPlain(head.word(1))).find()) {
                return new Decision.Refused(400);
            }
            Optional<Matcher> found = matched(AT_SUPERVISOR, path(head));
            if (found.isEmpty() || !found.get().group(1).equals(TOKEN)) {
                return new Decision.Refused(503);
            }
            Optional<FakeUser> user = head.value("Cookie").flatMap(this::user);
            if (user.isEmpty()) {
                return new Decision.Refused(401);
            }
            List<Header> headers = without(head, HOPS_OWN);
            headers.removeIf(header -> SUPERVISORS_OWN.contains(header.name().toLowerCase(Locale.ROOT)));
            headers.add(new Header("X-Remote-User-Id", user.get().id()));
            headers.add(new Header("X-Remote-User-Name", user.get().username()));
            headers.add(new Header("X-Remote-User-Display-Name", user.get().name()));
            put(headers, "X-Forwarded-For", head.value("X-Forwarded-For").orElse("None") + ", " + peer);
            String rest = Quoting.pathAgain(Quoting.plain(found.get().group(2)));
            return new Decision.Onwards(app, "/" + rest + query(head, true), headers);
        }

        private Optional<FakeUser> user(String cookies) {
            return List.of(cookies.split("; ?")).stream()
                    .filter(cookie -> cookie.startsWith(COOKIE + "="))
                    .map(cookie -> sessions.get(cookie.substring(COOKIE.length() + 1)))
                    .filter(user -> user != null)
                    .findFirst();
        }

        private static String whollyPlain(String text) {
            String plain = Quoting.plain(text);
            return plain.equals(text) ? text : whollyPlain(plain);
        }

        @Override
        public int maxMessage() {
            return 16 << 20;
        }

        @Override
        public boolean isCore() {
            return false;
        }
    }
}
