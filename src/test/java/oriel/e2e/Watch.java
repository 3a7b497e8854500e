package oriel.e2e;

import java.io.IOException;
import java.util.List;
import oriel.base.JsonArray;
import oriel.base.JsonObject;
import oriel.testing.TestOriel;
import oriel.testing.camera.SyntheticPictures;
import oriel.testing.viewer.ReceivedFrame;
import oriel.testing.viewer.RtpViewer;
import oriel.testing.viewer.RtpViewerBuilder;
import oriel.testing.viewer.ViewerDoors;
import oriel.testing.viewer.ViewerOffer;

/** Short ways to say what the tests of this package do. */
final class Watch {
    private Watch() {}

    /** A viewer of {@code stream} whose offer was answered. */
    static RtpViewer watch(TestOriel oriel, String stream, ViewerOffer offer) throws IOException, InterruptedException {
        return watch(oriel, stream, RtpViewer.of(offer));
    }

    static RtpViewer watch(TestOriel oriel, String stream, RtpViewerBuilder builder)
            throws IOException, InterruptedException {
        RtpViewer viewer = builder.open();
        boolean answered = false;
        try {
            viewer.answer(ViewerDoors.json(oriel.base(), stream, viewer.offer()));
            answered = true;
            return viewer;
        } finally {
            if (!answered) {
                viewer.vanish();
            }
        }
    }

    /** The configuration of one stream. */
    static String stream(String name, String... sources) {
        StringBuilder yaml = new StringBuilder("{streams: {" + name + ": [");
        for (String source : sources) {
            yaml.append('"').append(source).append("\",");
        }
        return yaml.append("]}}").toString();
    }

    /** Numbers of the synthetic pictures that came, in their order. */
    static List<Integer> numbers(List<ReceivedFrame> frames) {
        return frames.stream()
                .flatMap(frame -> frame.nalUnits().stream())
                .filter(unit -> (unit[0] & 0x1F) == 5 || (unit[0] & 0x1F) == 1)
                .map(SyntheticPictures::number)
                .toList();
    }

    static JsonObject first(JsonObject stream, String list) {
        return (JsonObject) items(stream, list).items().getFirst();
    }

    static JsonArray items(JsonObject stream, String list) {
        return stream.array(list).orElseThrow();
    }

    /** As in {@code live}. */
    static String state(JsonObject stream) {
        return stream.string("state").orElseThrow();
    }
}
