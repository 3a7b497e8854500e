package oriel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import oriel.config.ConfigException;
import oriel.config.ConfigReload;
import oriel.config.Listen;
import oriel.homeassistant.discovery.AppDesk;
import oriel.homeassistant.supervisor.Enquiry;

/** Oriel itself, for its device: what is wrong with it, and its reload. */
final class OwnDesk implements AppDesk {
    private final Gateway gateway;
    private final ConfigReload reload;
    private final Supplier<List<String>> doors;

    /** @param doors what is wrong with them, sentences; never waits */
    OwnDesk(Gateway gateway, ConfigReload reload, Supplier<List<String>> doors) {
        this.gateway = gateway;
        this.reload = reload;
        this.doors = doors;
    }

    /** That a port is not ours. */
    static String taken(String what, Listen where, String key) {
        return what + ", " + where + ", is taken by another program. End that program, or set " + key
                + " to another port.";
    }

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        reload.refusal()
                .ifPresent(
                        why -> problems.add("The changed configuration is not used, the one before goes on: " + why));
        gateway.state()
                .failure()
                .ifPresent(why -> problems.add(gateway.state().path() + " cannot be written (" + why
                        + "): what is changed is forgotten when Oriel ends. Make room there, or let Oriel write."));
        gateway.webrtcTaken().ifPresent(at -> problems.add(taken("The port for viewers", at, "webrtc.listen")));
        problems.addAll(doors.get());
        return problems;
    }

    @Override
    public Duration takeLoopDelay() {
        return gateway.takeLoopDelay();
    }

    @Override
    public Optional<AppDesk.App> app() {
        return gateway.home()
                .self()
                .flatMap(Enquiry::known)
                .map(own -> new AppDesk.App(own.slug(), own.version(), own.latestVersion()));
    }

    // On a thread of its own: a reload may end the one that asked for it, with all of the devices.
    @Override
    public void reload() throws ConfigException {
        FutureTask<Void> task = new FutureTask<>(() -> {
            reload.reload();
            return null;
        });
        Thread.ofVirtual().name("mqtt-reload").start(task);
        try {
            task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case ConfigException refused -> throw refused;
                case null, default -> throw new IllegalStateException("a reload failed", e);
            }
        }
    }
}
