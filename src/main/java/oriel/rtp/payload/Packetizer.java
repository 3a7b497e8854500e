package oriel.rtp.payload;

import oriel.media.AccessUnit;

/** Cuts the access units of one track into packets like those a {@link Normalizer} makes. Not thread-safe. */
public interface Packetizer {
    /** Gives the packets of {@code unit} to {@code output}, in order. */
    void packetize(AccessUnit unit, PacketOutput output);
}
