package oriel.worker;

import oriel.media.AccessUnit;

/**
 * One access unit of the demo.
 *
 * @param track its place in {@link DemoEncoder#codecs()}
 * @param unit the picture or the 20 ms of sound
 */
public record DemoUnit(int track, AccessUnit unit) {}
