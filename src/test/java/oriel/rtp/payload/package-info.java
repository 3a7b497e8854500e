/** Tests of payload formats, with a camera that packetises its own way. */
@NullMarked
package oriel.rtp.payload;

import org.jspecify.annotations.NullMarked;
