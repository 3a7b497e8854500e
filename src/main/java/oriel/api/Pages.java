package oriel.api;

import java.util.Optional;

/** The files of a page. Any thread. */
interface Pages {
    /**
     * @param path as it came, percent-encoded, without the slash before it; empty for the page itself
     * @return empty if there is none, whatever the path tries
     */
    Optional<PageFile> find(String path);

    /** Whether the path names a folder and lacks the slash behind it, on which the page's relative addresses stand. */
    boolean lacksSlash(String path);
}
