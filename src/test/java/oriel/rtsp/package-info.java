/** Tests of RTSP messages, framing and the client connection. */
@NullMarked
package oriel.rtsp;

import org.jspecify.annotations.NullMarked;
