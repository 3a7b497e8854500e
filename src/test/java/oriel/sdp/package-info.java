/** Tests of SDP: descriptions as cameras and browsers write them. */
@NullMarked
package oriel.sdp;

import org.jspecify.annotations.NullMarked;
