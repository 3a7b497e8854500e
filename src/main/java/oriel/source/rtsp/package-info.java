/**
 * Cameras that speak RTSP (RFC 2326), over TCP: {@link oriel.source.rtsp.RtspSourceFactory} makes a {@link
 * oriel.source.rtsp.RtspSource} of an address ({@link oriel.source.rtsp.RtspUrl}), whose script signs in, sets up each
 * track and plays until the connection ends. The script runs on a virtual thread; packets are touched by the source's
 * loop alone. Imports stream, rtsp, rtp, sdp, http, net, media and base.
 */
@NullMarked
package oriel.source.rtsp;

import org.jspecify.annotations.NullMarked;
