package oriel.output.webrtc;

import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What a viewer starts with.
 *
 * @param id unique in this process
 * @param plans one for each track it gets
 * @param cname binds its tracks together in reports
 * @param note a sentence on what is missing, or empty
 */
record ViewerSetup(String id, List<TrackPlan> plans, String cname, RandomGenerator random, Instant since, String note) {
    ViewerSetup {
        plans = List.copyOf(plans);
    }
}
