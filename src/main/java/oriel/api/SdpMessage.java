package oriel.api;

import io.micronaut.serde.annotation.Serdeable;

/**
 * {@code {"type":"answer","sdp":…}}, as browsers write descriptions.
 *
 * @param type {@code offer} or {@code answer}
 */
@Serdeable
record SdpMessage(String type, String sdp) {}
