/** Tests of what is counted and told. */
@NullMarked
package oriel.metrics;

import org.jspecify.annotations.NullMarked;
