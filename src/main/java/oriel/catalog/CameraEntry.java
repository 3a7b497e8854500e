package oriel.catalog;

import java.util.List;

/**
 * One of the owner's cameras.
 *
 * @param name of its stream
 * @param sources as they are written, with their passwords; empty if the file disables it
 * @param origin who brought it
 * @param enabled whether it is neither disabled by the file nor switched off
 */
public record CameraEntry(String name, List<String> sources, Origin origin, boolean enabled) {
    /** Who brought a camera. */
    public enum Origin {
        FILE,
        IMPORTED
    }

    public CameraEntry {
        sources = List.copyOf(sources);
    }

    /** Without the sources, which have passwords. */
    @Override
    public String toString() {
        return name + " (" + origin + (enabled ? ")" : ", off)");
    }
}
