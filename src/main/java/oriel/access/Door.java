package oriel.access;

import java.util.Locale;

/** By which way somebody came in. */
public enum Door {
    /** Home Assistant's own front end, through the Supervisor. */
    INGRESS,
    /** The HTTP port. */
    API,
    /** The RTSP port. */
    RTSP,
    /** The WebRTC port. */
    WEBRTC;

    /** As logs and pages say it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
