package oriel.state;

import java.nio.file.Path;
import java.util.List;
import oriel.base.Seams;

/** Changes the state for ever, and writes one byte after each change; started by a test, which kills it. */
final class StateWriterMain {
    private StateWriterMain() {}

    public static void main(String[] arguments) throws Exception {
        StateStore store = StateStore.open(Path.of(arguments[0]), Seams.system());
        for (int i = 0; ; i++) {
            store.putStream("camera " + i % 50, List.of("rtsp://h/" + i + "x".repeat(i % 997)));
            System.out.write('.');
            System.out.flush();
        }
    }
}
