/**
 * The data folder: what Oriel itself must remember, in one file, {@code state.json}. Enter by
 * {@link oriel.state.StateStore}. Safe on any thread; writes block their caller until the disk has them, reads never
 * wait. Imports base.
 */
@NullMarked
package oriel.state;

import org.jspecify.annotations.NullMarked;
