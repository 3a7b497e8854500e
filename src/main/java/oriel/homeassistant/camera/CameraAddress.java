package oriel.homeassistant.camera;

import oriel.base.Secret;

/** What Home Assistant has written down of where a camera is. */
sealed interface CameraAddress {
    /** An address, as Home Assistant hands it on. */
    record Fixed(Secret url) implements CameraAddress {}

    /**
     * A text that becomes an address when Home Assistant fills it in.
     *
     * @param user to be put into it together with {@code password}, unless it has its own; empty for none
     */
    record Template(Secret text, String user, Secret password) implements CameraAddress {}

    /** None; the sentence says why. */
    record None(String sentence) implements CameraAddress {}
}
