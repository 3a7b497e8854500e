package oriel.rtp.payload;

import oriel.media.AccessUnit;

/** Where access units go, one by one, in decoding order. */
@FunctionalInterface
public interface UnitOutput {
    void unit(AccessUnit unit);
}
