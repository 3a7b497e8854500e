package oriel.media;

/** Picture or sound. */
public enum MediaKind {
    VIDEO,
    AUDIO;

    /** As SDP writes it: {@code video}, {@code audio}. */
    public String word() {
        return this == VIDEO ? "video" : "audio";
    }
}
