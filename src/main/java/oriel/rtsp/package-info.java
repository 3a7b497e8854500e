/**
 * RTSP 1.0 (RFC 2326) as cameras speak it: messages ({@link oriel.rtsp.RtspRequest}, {@link oriel.rtsp.RtspResponse}),
 * the stream that mixes them with interleaved packets ({@link oriel.rtsp.RtspFrames}), and one client connection
 * ({@link oriel.rtsp.RtspConnection}), by which one enters. A connection's bytes are touched by its loop alone; scripts
 * on virtual threads ask and wait. Imports net and base, and Netty's channels.
 */
@NullMarked
package oriel.rtsp;

import org.jspecify.annotations.NullMarked;
