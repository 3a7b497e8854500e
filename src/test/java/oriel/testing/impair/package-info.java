/** A bad network for tests: loss, delay, jitter, reorder, duplicates and a slow way, by seeded chance. */
@NullMarked
package oriel.testing.impair;

import org.jspecify.annotations.NullMarked;
