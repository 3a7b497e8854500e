package oriel.stream;

/** Why a subscription ended from our side. A camera that fails does not end it: the viewer goes on when it is back. */
public enum EndReason {
    /** The stream was removed. */
    REMOVED("This stream was removed."),
    /** The stream now has other sources. */
    CHANGED("This stream now comes from another source."),
    /** The camera came back with other tracks than before. */
    OTHER_TRACKS("The camera now sends something else; open the stream again."),
    /** Oriel stops. */
    STOPPED("Oriel is stopping.");

    private final String sentence;

    EndReason(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
