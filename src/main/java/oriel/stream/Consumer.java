package oriel.stream;

/** What an output tells the API of one viewer. */
@FunctionalInterface
public interface Consumer {
    /** How the viewer is; any thread, never blocks. */
    ConsumerStatus status();
}
