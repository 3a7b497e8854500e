package oriel.state;

import java.util.Locale;

/** What an owner switches while Oriel runs, and finds again after a restart. */
public enum StreamSwitch {
    /** The stream is off, whatever the configuration says. */
    OFF,
    /** The stream does not stay connected, though the configuration has a preload for it. */
    RESTING;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
