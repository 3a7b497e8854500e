package oriel.process;

import java.io.IOException;

/** What the tests start as a child. */
final class ChildProgram {
    private ChildProgram() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws IOException, InterruptedException {
        switch (args[0]) {
            case "fail" -> {
                System.err.println("first");
                System.err.println("no such camera rtsp://me:secret@10.0.0.9/x");
                System.exit(3);
            }
            case "echo" -> System.in.transferTo(System.out);
            case "both" -> {
                System.out.println("to output");
                System.err.println("to errors");
            }
            case "environment" -> System.getenv().keySet().stream().sorted().forEach(System.err::println);
            case "wait" -> {
                System.err.println("up");
                Thread.sleep(Long.MAX_VALUE);
            }
            default -> throw new IllegalArgumentException(args[0]);
        }
        System.out.flush();
    }
}
