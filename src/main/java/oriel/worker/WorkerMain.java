package oriel.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import oriel.base.Clock;
import oriel.base.JsonObject;
import oriel.base.MalformedException;

/**
 * The media worker's process. Reads from its standard input where the gateway is ({@link LineAddress}), connects, serves
 * ({@link WorkerServer}), and ends when the line does: it never outlives its gateway.
 */
public final class WorkerMain {
    /** The line did not come about, or makes no sense. */
    private static final int EXIT_NO_LINE = 3;

    private WorkerMain() {}

    public static void main(String[] args) {
        int code = 0;
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            serve(LineAddress.read(in));
        } catch (IOException e) {
            System.err.println("there is no line to the gateway: " + e.getMessage());
            code = EXIT_NO_LINE;
        } catch (MalformedException e) {
            System.err.println("the gateway sent nonsense: " + e.reason());
            code = EXIT_NO_LINE;
        }
        // A job that hangs in native code must not keep the process: no hooks, no waiting.
        Runtime.getRuntime().halt(code);
    }

    private static void serve(LineAddress address) throws IOException, MalformedException {
        Clock clock = Clock.system();
        try (SocketChannel channel = address.connect()) {
            new WorkerServer(channel, clock, request -> job(request, clock)).run();
        }
    }

    /** The job that a request asks for. */
    static Job job(JsonObject request, Clock clock) throws MalformedException {
        String kind = request.string("kind").orElse("");
        if (kind.equals(DemoRequest.KIND)) {
            return new DemoJob(DemoRequest.of(request), clock);
        }
        if (kind.equals(StillRequest.KIND)) {
            return new StillJob(StillRequest.of(request));
        }
        throw new MalformedException("the media worker has no job of the kind " + kind);
    }
}
