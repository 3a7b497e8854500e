package oriel.homeassistant.discovery;

import java.util.Locale;

/** Home Assistant's kinds of entity that we announce. */
enum Platform {
    BINARY_SENSOR,
    BUTTON,
    CAMERA,
    EVENT,
    IMAGE,
    SENSOR,
    SWITCH,
    UPDATE;

    /** Its word on the wire. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
