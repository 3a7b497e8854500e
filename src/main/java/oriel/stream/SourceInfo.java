package oriel.stream;

/**
 * What go2rtc's clients are shown of a connection.
 *
 * @param format {@code rtsp}
 * @param protocol {@code rtsp+tcp}
 * @param remote address and port of the camera
 * @param sdp its description, without secrets, or empty
 * @param agent what it calls itself, or empty
 */
public record SourceInfo(String format, String protocol, String remote, String sdp, String agent) {}
