package oriel.access;

/** By which way somebody came in. */
public enum Door {
    /** Home Assistant's own front end, through the Supervisor. */
    INGRESS,
    /** The HTTP port. */
    API,
    /** The RTSP port. */
    RTSP,
    /** The WebRTC port. */
    WEBRTC
}
