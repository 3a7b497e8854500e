package oriel.media;

/**
 * One flow of pictures or sounds of a source.
 *
 * @param id its place in the description, from 0; stays the same while the source runs
 * @param direction {@code RECVONLY} what the camera sends us, {@code SENDONLY} what it takes from us (talk)
 * @param codec how it is coded
 */
public record Track(int id, Direction direction, Codec codec) {
    public Track {
        if (id < 0) {
            throw new IllegalArgumentException("track id is negative: " + id);
        }
    }

    public MediaKind kind() {
        return codec.kind();
    }

    public Track withCodec(Codec changed) {
        return new Track(id, direction, changed);
    }

    /** As go2rtc's clients read it: {@code video, recvonly, H264}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(kind().word())
                .append(", ")
                .append(direction.word())
                .append(", ")
                .append(codec.name());
        if (kind() == MediaKind.AUDIO) {
            text.append('/').append(codec.clockRate());
            if (codec.channels() > 1) {
                text.append('/').append(codec.channels());
            }
        }
        return text.toString();
    }
}
