/**
 * Measures Oriel and writes {@code docs/bench/README.md}: single steps of the packet path by JMH, and whole servers as
 * child processes with the launcher's flags. Enter by {@link oriel.bench.BenchMain}. No test depends on a figure of these.
 */
@NullMarked
package oriel.bench;

import org.jspecify.annotations.NullMarked;
