/**
 * Payload formats: what each codec does inside RTP. {@link oriel.rtp.payload.Normalizer} makes a camera's packets fit
 * for every viewer, {@link oriel.rtp.payload.Depacketizer} makes access units of packets and {@link
 * oriel.rtp.payload.Packetizer} packets of access units (RFC 6184, 7798, 3640, 2435, 7587, 3551). Each instance belongs
 * to one track and one thread. Pure. Imports rtp, media, bitstream and base.
 */
@NullMarked
package oriel.rtp.payload;

import org.jspecify.annotations.NullMarked;
