/**
 * RTP and RTCP as defined by RFC 3550 and 4585: packets, sequence and time extension, reports. Enter by {@link
 * oriel.rtp.RtpView} for bytes just read and {@link oriel.rtp.RtpPacket} for what flows on. Pure: no sockets, threads or
 * clocks. Imports media, bitstream and base.
 */
@NullMarked
package oriel.rtp;

import org.jspecify.annotations.NullMarked;
