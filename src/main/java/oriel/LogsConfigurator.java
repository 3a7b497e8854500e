package oriel;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.nio.file.Path;
import java.util.Optional;
import oriel.config.LogConfig;
import oriel.config.Redactions;

/**
 * What logback asks, by {@code META-INF/services}, when its first logger is made, and Micronaut when it refreshes the log:
 * before the configuration is read, the defaults hold; afterwards nothing is touched.
 */
public final class LogsConfigurator extends ContextAwareBase implements Configurator {
    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (!Logs.isStarted(context)) {
            Path here = Path.of("").toAbsolutePath();
            Logs.start(context, LogConfig.defaults(), new Redactions(), here, Optional.empty());
        }
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
