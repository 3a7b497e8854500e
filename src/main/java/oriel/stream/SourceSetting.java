package oriel.stream;

import java.util.concurrent.Executor;
import oriel.base.Seams;
import oriel.metrics.Drops;

/**
 * What all sources of a hub share.
 *
 * @param seams time and chance
 * @param budget bytes of all GOP caches together
 * @param drops what all sources throw away together
 * @param scripts runs each script on a thread of its own, virtual outside of tests
 */
record SourceSetting(Seams seams, GopBudget budget, Drops drops, Executor scripts) {}
