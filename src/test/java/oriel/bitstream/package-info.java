/** Tests of what lies inside codecs' bytes, and a writer of bits to make some. */
@NullMarked
package oriel.bitstream;

import org.jspecify.annotations.NullMarked;
