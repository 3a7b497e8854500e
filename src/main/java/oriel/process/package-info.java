/**
 * Child processes: the only place that starts one. Enter by {@link oriel.process.Children}: an argument list (never a
 * shell), an environment of named variables only, bounded error output, an end for the child and all it started, and a user of
 * its own where the environment names one.
 * Called on virtual threads; starting blocks for the moment that the system takes. Imports base.
 */
@NullMarked
package oriel.process;

import org.jspecify.annotations.NullMarked;
