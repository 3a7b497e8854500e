package oriel.homeassistant.supervisor;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.base.JsonArray;
import oriel.base.JsonObject;
import oriel.base.JsonValue;
import oriel.base.Seams;
import oriel.homeassistant.supervisor.HomeAssistantException.Reason;
import oriel.homeassistant.supervisor.IntegrationStatus.State;

/**
 * Looks after Core's go2rtc integration. One that did not reach us when Core started has failed for good: Core never tries
 * again by itself. So it is asked to, once. For one virtual thread; {@link #status} for any.
 */
final class IntegrationReload {
    private static final Logger LOG = LoggerFactory.getLogger("hass");
    private static final String ENTRIES = "/api/config/config_entries/entry";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    // Core answers when the integration is set up, with all its cameras.
    private static final Duration PATIENCE_FOR_RELOAD = Duration.ofSeconds(60);
    private static final Duration BETWEEN_RELOADS = Duration.ofMinutes(5);
    // Core tells nobody which server an entry stands for; its log does, when the entry fails.
    private static final Pattern SERVER = Pattern.compile("go2rtc instance on (https?://[^\\s;]+)");
    private static final Pattern ENTRY_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final SupervisorClient client;
    private final Seams seams;
    private final Supplier<Optional<OwnInfo>> self;
    private final int port;
    private boolean asked;
    private OptionalLong askedAtNanos = OptionalLong.empty();
    private volatile IntegrationStatus status = IntegrationStatus.UNKNOWN;

    /** @param port that our API listens on */
    IntegrationReload(SupervisorClient client, Seams seams, Supplier<Optional<OwnInfo>> self, int port) {
        this.client = client;
        this.seams = seams;
        this.self = self;
        this.port = port;
    }

    IntegrationStatus status() {
        return status;
    }

    /** Looks once, and asks Core to reload if that is called for. */
    IntegrationStatus check() throws HomeAssistantException, InterruptedException {
        Optional<JsonObject> entry = entry();
        if (entry.isEmpty()) {
            return is(State.NONE);
        }
        if (!failed(entry.get())) {
            asked = false;
            return is(State.WELL);
        }
        Optional<URI> server = server(entry.get());
        if (server.isPresent() && !isUs(server.get())) {
            return is(State.FAILED_ELSEWHERE);
        }
        String id = entry.get().string("entry_id").orElse("");
        if (asked || lately() || !ENTRY_ID.matcher(id).matches()) {
            return is(State.FAILED);
        }
        reload(id);
        boolean again = entry().filter(IntegrationReload::failed).isPresent();
        if (again) {
            LOG.warn("Home Assistant did not load its go2rtc integration: restart Home Assistant");
        } else {
            LOG.info("Home Assistant has loaded its go2rtc integration once more");
        }
        return is(again ? State.FAILED : State.WELL);
    }

    private void reload(String id) throws HomeAssistantException, InterruptedException {
        asked = true;
        askedAtNanos = OptionalLong.of(seams.clock().nanoTime());
        status = new IntegrationStatus(State.FAILED, Optional.of(seams.clock().now()));
        LOG.info("Home Assistant did not reach Oriel when it started, and does not try again by itself: asking it to"
                + " load its go2rtc integration once more");
        // The entry's state tells what came of it.
        client.post(ENTRIES + "/" + id + "/reload", JsonObject.empty(), PATIENCE_FOR_RELOAD);
    }

    private boolean lately() {
        return askedAtNanos.isPresent()
                && seams.clock().nanoTime() - askedAtNanos.getAsLong() < BETWEEN_RELOADS.toNanos();
    }

    private IntegrationStatus is(State state) {
        status = new IntegrationStatus(state, status.reloadAsked());
        return status;
    }

    private Optional<JsonObject> entry() throws HomeAssistantException, InterruptedException {
        JsonValue answer;
        try {
            answer = client.core(ENTRIES + "?domain=go2rtc");
        } catch (HomeAssistantException e) {
            if (e.reason() == Reason.AWAY) {
                asked = false; // When Core is back it has tried anew.
            }
            throw e;
        }
        if (!(answer instanceof JsonArray entries)) {
            throw SupervisorClient.broken(SupervisorClient.CORE);
        }
        return entries.objects().stream()
                .filter(entry -> entry.string("domain").orElse("").equals("go2rtc"))
                .filter(entry -> entry.string("disabled_by").isEmpty())
                .findFirst();
    }

    // Of the others, setup_retry among them, Core takes care itself.
    private static boolean failed(JsonObject entry) {
        return entry.string("state").orElse("").equals("setup_error");
    }

    private Optional<URI> server(JsonObject entry) throws HomeAssistantException, InterruptedException {
        Optional<URI> told = entry.string("reason").flatMap(IntegrationReload::server);
        return told.isPresent() ? told : serverInLog();
    }

    private Optional<URI> serverInLog() throws HomeAssistantException, InterruptedException {
        try (CoreConversation core = client.converse(PATIENCE)) {
            return core.command("system_log/list") instanceof JsonArray records
                    ? records.objects().stream()
                            .flatMap(line -> server(line.toJson()).stream())
                            .findFirst()
                    : Optional.empty();
        } catch (HomeAssistantException e) {
            if (e.reason() == Reason.AWAY) {
                throw e;
            }
            return Optional.empty(); // Its log is a bonus: loading an entry that failed once more does no harm.
        }
    }

    private static Optional<URI> server(String text) {
        Matcher found = SERVER.matcher(text);
        try {
            return found.find() ? Optional.of(new URI(found.group(1))) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private boolean isUs(URI server) {
        int standard = "https".equals(server.getScheme()) ? HTTPS : HTTP;
        String host = server.getHost();
        if (host == null || (server.getPort() < 0 ? standard : server.getPort()) != port) {
            return false;
        }
        if (self.get().filter(info -> info.hostname().equalsIgnoreCase(host)).isPresent()) {
            return true;
        }
        try {
            for (InetAddress address : seams.resolver().resolve(host.replaceAll("[\\[\\]]", ""))) {
                if (address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null) {
                    return true;
                }
            }
            return false;
        } catch (UnknownHostException | SocketException e) {
            return false;
        }
    }
}
