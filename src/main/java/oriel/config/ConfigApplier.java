package oriel.config;

/** Lets a configuration take effect while everything runs. Any thread; one call at a time. */
@FunctionalInterface
public interface ConfigApplier {
    /**
     * Makes {@code loaded} what holds from now on, as far as that is possible without a restart. What did not change notices
     * nothing.
     */
    ReloadReport apply(LoadedConfig loaded);
}
