package oriel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import oriel.config.ConfigException;
import oriel.config.ConfigReload;
import oriel.homeassistant.discovery.AppDesk;
import oriel.homeassistant.supervisor.Enquiry;

/** Oriel itself, for its device: what is wrong with it, and its reload. */
final class OwnDesk implements AppDesk {
    private final Gateway gateway;
    private final ConfigReload reload;

    OwnDesk(Gateway gateway, ConfigReload reload) {
        this.gateway = gateway;
        this.reload = reload;
    }

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        gateway.webrtcListen()
                .filter(listen -> gateway.webrtc().isEmpty())
                .ifPresent(listen -> problems.add("The port for viewers, " + listen
                        + ", is taken by another program. End that program, or set webrtc.listen to another port."));
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
