package oriel.stream;

import java.util.Set;
import oriel.base.Failure;
import oriel.media.MediaKind;

/** What a source's URL alone says about what it could offer, without dialling. */
public sealed interface SourceHint {
    /** Nothing; one has to connect and see. */
    record Dial() implements SourceHint {}

    /**
     * Only this: {@code ffmpeg:x#audio=opus} gives sound as Opus and no picture.
     *
     * @param codecs names as {@link oriel.media.Codec#name()}
     */
    record Only(MediaKind kind, Set<String> codecs) implements SourceHint {
        public Only {
            codecs = Set.copyOf(codecs);
        }
    }

    /** What {@code source} offers, which is another source's URL or the name of a stream; followed at most 4 times. */
    record Follow(String source) implements SourceHint {}

    /** Nothing in this version; never dialled. */
    record Nothing(Failure why) implements SourceHint {}
}
