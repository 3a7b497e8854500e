package oriel.api;

import oriel.output.webrtc.ViewerListener;

/** For doors that cannot say anything after the answer: a viewer that fails is closed, and the stream's JSON says why. */
record SilentListener() implements ViewerListener {
    @Override
    public void candidate(String line) {}

    @Override
    public void failed(String sentence) {}

    @Override
    public void ended() {}
}
