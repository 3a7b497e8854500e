package oriel.homeassistant.discovery;

import oriel.base.JsonObject;

/**
 * Something that happened to a camera just now.
 *
 * @param ofStream whether to its stream; else to one of its viewers
 * @param json with {@code event_type}
 */
record CameraEvent(boolean ofStream, JsonObject json) {
    static CameraEvent viewer(String type, String kind, int viewers) {
        return new CameraEvent(
                false,
                JsonObject.builder()
                        .put("event_type", type)
                        .put("kind", kind)
                        .put("viewers", viewers)
                        .build());
    }

    static CameraEvent lost(String reason) {
        return new CameraEvent(
                true,
                JsonObject.builder()
                        .put("event_type", "lost")
                        .put("reason", reason)
                        .build());
    }

    static CameraEvent restored() {
        return new CameraEvent(
                true, JsonObject.builder().put("event_type", "restored").build());
    }
}
