package oriel.testing.camera;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One request as the camera got it.
 *
 * @param connection its connection, counted from 1
 * @param headers names compare without case
 */
public record CameraRequest(int connection, String method, String uri, Map<String, String> headers) {
    static CameraRequest parse(int connection, String head) {
        String[] lines = head.split("\r\n");
        String[] words = lines[0].split(" ");
        if (words.length != 3 || !words[2].equals("RTSP/1.0")) {
            throw new AssertionError("no RTSP request: " + lines[0]);
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(": ");
            if (colon < 0) {
                throw new AssertionError("no RTSP header: " + lines[i]);
            }
            headers.put(lines[i].substring(0, colon), lines[i].substring(colon + 2));
        }
        return new CameraRequest(connection, words[0], words[1], headers);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
