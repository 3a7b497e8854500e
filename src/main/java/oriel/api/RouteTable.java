package oriel.api;

import io.micronaut.context.ApplicationContext;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** All routes, in one Micronaut context, without what is behind them: built beside that, which takes as long. */
public final class RouteTable implements AutoCloseable {
    // Origins are our guard's to judge: it knows those that the owner named.
    private static final Map<String, Object> PROPERTIES = Map.of(
            "micronaut.application.name",
            "oriel",
            "micronaut.netty.event-loops.default.num-threads",
            2,
            "micronaut.server.cors.localhost-pass-through",
            true);

    private final ApplicationContext context;

    private RouteTable(ApplicationContext context) {
        this.context = context;
    }

    private static RouteTable build() {
        return new RouteTable(ApplicationContext.builder()
                .deduceEnvironment(false)
                .deduceCloudEnvironment(false)
                .bootstrapEnvironment(false)
                // Nobody changes them by a file of Micronaut's or a variable of the environment.
                .enableDefaultPropertySources(false)
                .environmentPropertySource(false)
                .configImport(false)
                .banner(false)
                .properties(PROPERTIES)
                .start());
    }

    /** Builds them on a thread of their own, and looks at each: it fails if one does not declare what it asks for. */
    public static CompletableFuture<RouteTable> begin() {
        return CompletableFuture.supplyAsync(
                RouteTable::build, task -> Thread.ofPlatform().name("routes").start(task));
    }

    /** Puts them before what answers; once. */
    ApplicationContext before(ApiServices services, PageDoor pages) {
        context.registerSingleton(ApiServices.class, services);
        context.registerSingleton(PageDoor.class, pages);
        return context;
    }

    /** Gives them up where they were put before nothing; else {@link ApiServer#close} does. */
    @Override
    public void close() {
        context.close();
    }
}
