package oriel.homeassistant.supervisor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import oriel.access.UserDirectory;
import oriel.base.JsonObject;
import oriel.base.Seams;
import oriel.config.SupervisorConfig;

/**
 * Home Assistant as Oriel knows it, there also where there is none: then nothing is known, and nothing is asked. Returns at
 * once from everything but {@link #render} and {@link #users}. Any thread.
 */
public final class HomeAssistant implements AutoCloseable {
    private static final Duration OWN_INFO_AGE = Duration.ofMinutes(15);
    private static final Duration BROKER_AGE = Duration.ofMinutes(5);
    private static final Duration CORE_AGE = Duration.ofSeconds(60);

    private final Seams seams;
    private final Executor threads;
    private final IntegrationCalls calls;
    private final Once once = new Once();
    private final Optional<Link> link;
    private volatile Optional<IntegrationReload> reload = Optional.empty();
    private volatile OptionalInt port = OptionalInt.empty();

    /** What there is only with a Supervisor. */
    private record Link(
            SupervisorClient client,
            Enquiry<OwnInfo> self,
            Enquiry<MqttService> mqtt,
            Enquiry<CoreInfo> core,
            UserDirectory users,
            CoreTemplates templates) {}

    /**
     * @param supervisor who started us, if somebody did
     * @param threads gives each enquiry a virtual thread; whoever owns them interrupts them at the end
     */
    public HomeAssistant(Optional<SupervisorConfig> supervisor, Seams seams, Executor threads) {
        this.seams = seams;
        this.threads = threads;
        this.calls = new IntegrationCalls(seams.clock());
        this.link = supervisor.map(config -> link(new SupervisorClient(config, seams.clock())));
    }

    private Link link(SupervisorClient client) {
        return new Link(
                client,
                enquiry("own info", () -> OwnInfo.of(client.supervisor("/addons/self/info")), OWN_INFO_AGE),
                enquiry("MQTT broker", () -> MqttService.of(client.supervisor("/services/mqtt")), BROKER_AGE),
                enquiry("Core", () -> core(client), CORE_AGE),
                new CoreUsers(client),
                new CoreTemplates(client, once));
    }

    private <T> Enquiry<T> enquiry(String subject, Enquiry.Question<T> question, Duration refresh) {
        return new Enquiry<>(subject, question, refresh, once, seams.clock());
    }

    private static CoreInfo core(SupervisorClient client) throws HomeAssistantException, InterruptedException {
        if (client.core("/api/config") instanceof JsonObject config) {
            return CoreInfo.of(config);
        }
        throw SupervisorClient.broken(SupervisorClient.CORE);
    }

    /** Begins to ask. */
    public void start() {
        link.ifPresent(known ->
                List.of(known.self(), known.mqtt(), known.core()).forEach(enquiry -> threads.execute(enquiry::run)));
    }

    /**
     * Our API can be asked on this port from now on: if Core's go2rtc integration looked for it in vain, Core is asked to
     * load that once more.
     */
    public void listening(int apiPort) {
        port = OptionalInt.of(apiPort);
        link.ifPresent(known -> {
            IntegrationReload watcher = new IntegrationReload(known.client(), seams, known.self()::known, apiPort);
            reload = Optional.of(watcher);
            threads.execute(enquiry("go2rtc integration", watcher::check, CORE_AGE)::run);
        });
    }

    /** The port of our API, once it can be asked. */
    public OptionalInt apiPort() {
        return port;
    }

    /** Whether we are an app of Home Assistant. */
    public boolean supervised() {
        return link.isPresent();
    }

    /** What the Supervisor knows of us; empty without a Supervisor. */
    public Optional<Enquiry<OwnInfo>> self() {
        return link.map(Link::self);
    }

    /** The Supervisor's broker; empty without a Supervisor. */
    public Optional<Enquiry<MqttService>> mqtt() {
        return link.map(Link::mqtt);
    }

    /** Core's version and address; empty without a Supervisor. */
    public Optional<Enquiry<CoreInfo>> core() {
        return link.map(Link::core);
    }

    /** Its users. */
    public UserDirectory users() {
        return link.map(Link::users).orElseGet(UserDirectory::none);
    }

    /** What {@code template} says now; empty if that is refused, fails or takes longer than 10 s, which the log tells. */
    public Optional<String> render(String template) throws InterruptedException {
        return link.isPresent() ? link.get().templates().render(template) : Optional.empty();
    }

    /** When its integrations last asked us. */
    public IntegrationCalls calls() {
        return calls;
    }

    /** How Core's go2rtc integration is. */
    public IntegrationStatus integration() {
        return reload.map(IntegrationReload::status).orElse(IntegrationStatus.UNKNOWN);
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        once.close();
        link.ifPresent(known -> known.client().close());
    }
}
