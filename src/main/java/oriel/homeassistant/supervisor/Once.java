package oriel.homeassistant.supervisor;

import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells in the log what changes and nothing twice, but for faults: one state for each of a few subjects. Any thread. */
final class Once {
    private static final Logger LOG = LoggerFactory.getLogger("hass");

    private final Map<String, String> troubles = new HashMap<>(); // guarded by this, as is the one below
    private boolean closed;

    /** Something is wrong with {@code subject}; said if it was not, or was in another way. */
    synchronized void trouble(String subject, String sentence) {
        if (!sentence.equals(troubles.put(subject, sentence)) && !closed) {
            LOG.warn("{}: {}. Oriel goes on without it and asks again", subject, sentence);
        }
    }

    /** There is no {@code subject}, which is nobody's fault; said if there was one, or something was wrong with it. */
    synchronized void absent(String subject, String sentence) {
        if (!sentence.equals(troubles.put(subject, sentence)) && !closed) {
            LOG.info("{}: {}. Oriel asks again", subject, sentence);
        }
    }

    /** {@code subject} is well; said if it was not. */
    synchronized void well(String subject) {
        if (troubles.remove(subject) != null && !closed) {
            LOG.info("{}: well again", subject);
        }
    }

    /** What was to be done about {@code subject} failed by a fault of ours; said each time. */
    synchronized void fault(String subject, RuntimeException fault) {
        if (!closed) {
            LOG.error("{}: Oriel has a fault, and asks again", subject, fault);
        }
    }

    /** Says nothing more: what breaks off now does so because Oriel ends. */
    synchronized void close() {
        closed = true;
    }
}
