/**
 * Facts inside codecs' bytes: NAL units, parameter sets, slice types, AudioSpecificConfig, JPEG headers. Static readers
 * with checked bounds; no state, threads or sockets. Imports base.
 */
@NullMarked
package oriel.bitstream;

import org.jspecify.annotations.NullMarked;
