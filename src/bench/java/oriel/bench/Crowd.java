package oriel.bench;

/**
 * Who watches whom.
 *
 * @param cameras as many as there are streams
 * @param viewers of all of them, a multiple of the cameras
 */
record Crowd(int cameras, int viewers) {
    int viewersOfEach() {
        return viewers / cameras;
    }

    String words() {
        String seen = viewers == 1 ? "1 viewer" : viewers + " viewers";
        return cameras == 1 ? seen : cameras + " cameras, " + seen;
    }
}
