/** Tests of RTP and RTCP, and the packets they are made with. */
@NullMarked
package oriel.rtp;

import org.jspecify.annotations.NullMarked;
