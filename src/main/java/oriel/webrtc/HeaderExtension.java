package oriel.webrtc;

/**
 * A header extension that the viewer would understand (RFC 8285, 8).
 *
 * @param id 1 to 255
 * @param uri which one
 */
public record HeaderExtension(int id, String uri) {}
