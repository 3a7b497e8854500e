package oriel.bench;

import java.io.IOException;

/** The yardstick of a start: a Java process that says one line, and stays until its input ends. */
final class HelloWorld {
    private HelloWorld() {}

    @SuppressWarnings("SystemOut") // That is all it does.
    public static void main(String[] words) throws IOException {
        System.out.println("hello");
        int end = System.in.read();
        System.exit(end < 0 ? 0 : 1);
    }
}
