/**
 * The vocabulary that flows: what a camera sends and takes ({@link StreamDescription} of {@link Track}s with a
 * {@link Codec} each) and one picture or sound frame ({@link AccessUnit}). Values only: no socket, thread or clock.
 * Imports base and bitstream.
 */
@NullMarked
package oriel.media;

import org.jspecify.annotations.NullMarked;
