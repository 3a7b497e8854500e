package oriel.api;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import oriel.access.Right;
import oriel.base.JsonObject;
import oriel.config.Listen;
import oriel.config.Redactions;
import oriel.homeassistant.supervisor.CoreInfo;
import oriel.homeassistant.supervisor.HomeAssistant;
import oriel.homeassistant.supervisor.IntegrationCalls.Call;
import oriel.homeassistant.supervisor.IntegrationCalls.Integration;
import oriel.homeassistant.supervisor.IntegrationStatus;
import oriel.mqtt.MqttStatus;

/**
 * What the page says of Home Assistant: has it asked us, when, and by which address it can; how its integration is; whether
 * the MQTT broker hears of our cameras.
 */
@Controller("/api/oriel/home")
final class HomeRoutes {
    private static final Set<String> ANYWHERE = Set.of("", "0.0.0.0", "::", "localhost");

    private final HomeAssistant home;
    private final Optional<String> host;
    private final Supplier<Optional<MqttStatus>> mqtt;
    private final Redactions redactions;

    HomeRoutes(ApiServices services) {
        this.home = services.home();
        this.mqtt = services.mqtt();
        this.redactions = services.redactions();
        this.host = services.config().listen().map(Listen::host).map(HomeRoutes::besideUs);
    }

    @Get
    @Needs(value = Right.ADMIN, stream = StreamIn.NONE)
    HttpResponse<String> home() {
        JsonObject.Builder facts = JsonObject.builder().put("app", home.supervised());
        for (Integration integration : Integration.values()) {
            String name = integration.name().toLowerCase(Locale.ROOT);
            home.calls().last(integration).ifPresent(call -> facts.put(name, json(call)));
        }
        home.core().flatMap(enquiry -> enquiry.known()).ifPresent(core -> facts.put("core", json(core)));
        url().ifPresent(url -> facts.put("url", url));
        mqtt.get().ifPresent(status -> facts.put("mqtt", json(status)));
        return Answers.json(facts.put("integration", json(home.integration())).build());
    }

    /** By which address a program on this machine reaches us; empty while no port for it is open. */
    private Optional<String> url() {
        OptionalInt port = home.apiPort();
        return port.isEmpty() ? Optional.empty() : host.map(name -> "http://" + name + ":" + port.getAsInt());
    }

    private static String besideUs(String host) {
        return ANYWHERE.contains(host) ? "127.0.0.1" : host.contains(":") ? "[" + host + "]" : host;
    }

    private JsonObject json(MqttStatus status) {
        JsonObject.Builder facts = JsonObject.builder()
                .put("connected", status.connected())
                .put("broker", status.broker())
                .put("since", status.since().toString());
        status.failure().ifPresent(sentence -> facts.put("failure", redactions.text(sentence)));
        return facts.build();
    }

    private static JsonObject json(Call call) {
        return JsonObject.builder()
                .put("called", call.at().toString())
                .put("version", call.version())
                .build();
    }

    private static JsonObject json(CoreInfo core) {
        JsonObject.Builder facts = JsonObject.builder().put("version", core.version());
        core.internalUrl().ifPresent(url -> facts.put("internal_url", url.toString()));
        return facts.build();
    }

    private static JsonObject json(IntegrationStatus status) {
        JsonObject.Builder facts = JsonObject.builder()
                .put("state", status.state().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        status.reloadAsked().ifPresent(at -> facts.put("reload_asked", at.toString()));
        return facts.build();
    }
}
