package oriel.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import oriel.testing.camera.SimulatedCamera;

/** A still of a connected camera, from question to whole answer: right after a key frame came, and asked again. */
final class StillsPart implements BenchPart {
    private static final String STILL = "/api/frame.jpeg?src=camera";
    private static final String SMALL = STILL + "&width=640";

    /** A key frame comes each second: after this time there is one of which nobody has asked for a picture yet. */
    private static final long NEXT_KEY_FRAME_MILLIS = 1100;

    /** Time for the JVMs of gateway and worker to know these steps. */
    private static final int WARM_UP = 30;

    private final Path folder;
    private final HttpClient http = HttpClient.newHttpClient();

    StillsPart(Path folder) {
        this.folder = folder;
    }

    @Override
    public String id() {
        return "stills";
    }

    @Override
    public Section measure(Effort effort) throws Exception {
        List<Double> first = new ArrayList<>();
        List<Double> small = new ArrayList<>();
        List<Double> again = new ArrayList<>();
        List<Double> alive = new ArrayList<>();
        List<Double> begin = new ArrayList<>();
        try (SimulatedCamera camera = DemoCamera.start(DemoCamera.media(1));
                OrielProcess oriel = OrielProcess.start(
                        folder.resolve("stills"),
                        "{preload: {camera: \"\"}, streams: {camera: \"" + camera.url() + "\"}}")) {
            camera.await(() -> camera.playing() == 1);
            Thread.sleep(NEXT_KEY_FRAME_MILLIS);
            begin.add(millis(oriel, STILL));
            for (int i = 0; i < WARM_UP + effort.stills(); i++) {
                Thread.sleep(NEXT_KEY_FRAME_MILLIS);
                double ofNew = millis(oriel, STILL);
                double ofOld = millis(oriel, STILL);
                double nothing = millis(oriel, "/livez");
                Thread.sleep(NEXT_KEY_FRAME_MILLIS);
                double ofNewSmall = millis(oriel, SMALL);
                if (i >= WARM_UP) {
                    first.add(ofNew);
                    again.add(ofOld);
                    alive.add(nothing);
                    small.add(ofNewSmall);
                }
            }
        }
        Samples yardstick = Samples.of(alive);
        return Section.of(
                id(),
                List.of(
                        Figure.of(
                                "first one of the process, which starts the worker",
                                "ms",
                                Samples.of(begin),
                                yardstick),
                        Figure.of("first of a key frame, 1280x720", "ms", Samples.of(first), yardstick)
                                .below(25),
                        Figure.of("first of a key frame, width 640", "ms", Samples.of(small), yardstick)
                                .below(25),
                        Figure.of("asked again, 1280x720", "ms", Samples.of(again), yardstick)
                                .below(3)));
    }

    private double millis(OrielProcess oriel, String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(oriel.base() + path)).build();
        long begin = System.nanoTime();
        HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        double millis = (System.nanoTime() - begin) / 1e6;
        if (answer.statusCode() != 200 || answer.body().length == 0) {
            throw new IOException(path + " was answered " + answer.statusCode());
        }
        return millis;
    }
}
