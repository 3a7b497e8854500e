/**
 * Reads {@code ffmpeg:} sources. Those that only copy what our own client can fetch are followed to that URL, so that no
 * child is started and the camera keeps its one connection; the others say what this version cannot do. Imports stream,
 * media and base.
 */
@NullMarked
package oriel.source.ffmpeg;

import org.jspecify.annotations.NullMarked;
