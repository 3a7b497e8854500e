package oriel.api;

import io.micronaut.http.HttpRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.access.Principal;
import oriel.access.Refusal;
import oriel.access.Role;
import oriel.base.AddressText;
import oriel.base.PlainText;
import oriel.base.Redacted;

/**
 * One line for each change that somebody made or tried: who, from where, what, and what became of it. Never what stood in
 * a body, and no address of a camera.
 */
final class AuditLog {
    private static final Logger LOG = LoggerFactory.getLogger("access");
    private static final String ABOUT = "oriel.about";
    private static final int MAX_CHARS = 120;

    private AuditLog() {}

    /** Which stream or link a request is about, where its address does not say. */
    static void about(HttpRequest<?> request, String name) {
        request.setAttribute(ABOUT, name);
    }

    /** A change was asked for by somebody who may. Home Assistant's own, at each of its starts, are told at debug level. */
    static void tell(HttpRequest<?> request, int status) {
        Principal who = Requests.principal(request);
        if (who.role() == Role.INTEGRATION) {
            LOG.debug("{}", line(request, who, status));
        } else {
            LOG.info("{}", line(request, who, status));
        }
    }

    /** Somebody was kept out. Whoever does that again and again fills no log: it is told at debug level. */
    static void tellRefused(HttpRequest<?> request, Refusal refusal) {
        if (LOG.isDebugEnabled()) {
            LOG.debug("{}: {}", line(request, Requests.principal(request), refusal.status()), refusal.sentence());
        }
    }

    private static String line(HttpRequest<?> request, Principal who, int status) {
        String about = request.getAttribute(ABOUT, String.class)
                .or(() -> Requests.query(request, "src"))
                .or(() -> Requests.query(request, "name"))
                .or(() -> Requests.query(request, "id"))
                .map(name -> " " + shown(name))
                .orElse("");
        return shown(who.name()) + " (" + who.role().word() + ", "
                + DoorChannel.door(request).word() + ", from " + AddressText.host(DoorGuard.peer(request)) + "): "
                + request.getMethodName() + " " + shown(request.getPath()) + about + ": " + status;
    }

    private static String shown(String text) {
        StringBuilder line = new StringBuilder();
        Redacted.text(text)
                .codePoints()
                .limit(MAX_CHARS)
                .forEach(c -> line.appendCodePoint(PlainText.isPlain(c) ? c : '?'));
        return line.toString();
    }
}
