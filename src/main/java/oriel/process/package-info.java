/**
 * Child processes: the only place that starts one. Enter by {@link oriel.process.Children}: an argument list (never a
 * shell), an environment of named variables only, bounded error output, and an end for the child and all it started.
 * Called on virtual threads; starting blocks for the moment that the system takes. Imports base.
 */
@NullMarked
package oriel.process;

import org.jspecify.annotations.NullMarked;
