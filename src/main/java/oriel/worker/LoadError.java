package oriel.worker;

import java.nio.file.Files;
import java.nio.file.Path;

/** Says in words why a native library does not load: the linker's own are for programmers. */
final class LoadError {
    private static final long NEEDED_MEGABYTES = 100;
    private static final int MAX_DEPTH = 8;

    private LoadError() {}

    /** A sentence for {@code error}, and what to do where that is known. */
    static String text(LinkageError error) {
        String folder = System.getProperty("org.bytedeco.javacpp.cachedir", "");
        return text(error, folder, megabytesLeft(Path.of(folder)));
    }

    // It may not be there yet: then the one in which it will be made has the room.
    static long megabytesLeft(Path folder) {
        Path there = folder.toAbsolutePath();
        for (Path above = there.getParent(); above != null && Files.notExists(there); above = there.getParent()) {
            there = above;
        }
        return there.toFile().getUsableSpace() >> 20;
    }

    /**
     * @param folder where libraries are unpacked
     * @param megabytesLeft room in it
     */
    static String text(LinkageError error, String folder, long megabytesLeft) {
        String message = rootMessage(error);
        String hint = "";
        if (megabytesLeft < NEEDED_MEGABYTES) {
            hint = ". " + folder + " has room for " + megabytesLeft + " MB, and the libraries need " + NEEDED_MEGABYTES;
        } else if (message.contains("failed to map segment")) {
            hint = ". " + folder + " seems to be mounted noexec";
        }
        return "a native library does not load: " + message + hint;
    }

    // The linker's own words stand at the end of the chain, and name the file that is missing.
    private static String rootMessage(Throwable error) {
        Throwable root = error;
        for (int depth = 0; depth < MAX_DEPTH && root.getCause() != null; depth++) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
