/**
 * The hub: one {@link oriel.stream.LiveSource} for each camera connection, one {@link oriel.stream.LiveStream} for each
 * name, fan-out to sinks, choice of tracks, life on demand. Owns the ports that sources ({@link
 * oriel.stream.SourceFactory}, {@link oriel.stream.StreamWriter}) and outputs ({@link oriel.stream.Sink}) implement. Never
 * sees HTTP, WebRTC or configuration: it is handed plain values. Imports rtp, media, bitstream, net, metrics and base.
 */
@NullMarked
package oriel.stream;

import org.jspecify.annotations.NullMarked;
