/** Tests of the RTSP source, against a simulated camera and against GStreamer's server. */
@NullMarked
package oriel.source.rtsp;

import org.jspecify.annotations.NullMarked;
