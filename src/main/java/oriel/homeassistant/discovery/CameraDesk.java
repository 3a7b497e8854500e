package oriel.homeassistant.discovery;

import java.util.List;
import java.util.Optional;
import oriel.catalog.CatalogException;
import oriel.output.still.NoStillException;
import oriel.output.still.Still;

/** The owner's cameras, and what can be done with them. Any thread; what changes something may wait, on a virtual one. */
public interface CameraDesk {
    /** All of them, in the owner's order; at once. */
    List<Camera> cameras();

    /** Whether all are there that were there when Oriel ended: only then is one that is missing gone. */
    boolean settled();

    /** Switches it on or off, and remembers that. */
    void enable(String name, boolean on) throws CatalogException;

    /** Keeps it connected, or no longer. */
    void keepAlive(String name, boolean on) throws CatalogException;

    /** Connects it anew. */
    void restart(String name) throws CatalogException;

    /** A picture of it, now; connects it if need be. Empty if it is gone. */
    Optional<Still> still(String name) throws NoStillException, InterruptedException;
}
