package oriel.worker;

import java.io.IOException;
import java.util.List;
import oriel.base.JsonObject;
import oriel.base.MalformedException;
import oriel.media.AccessUnit;
import oriel.media.Codec;

/** One piece of work inside the worker's process, on a thread of its own. */
interface Job {
    /**
     * Works until it is interrupted; closes all it opened before it leaves.
     *
     * @throws IOException what a native library refused, in words for the owner
     */
    void run(Output output) throws IOException, InterruptedException;

    /** Where a job's work goes; never blocks. */
    interface Output {
        /** Says which tracks there are; once, before the first unit. */
        void ready(List<Codec> codecs);

        /** The next unit of a track; dropped if the gateway does not keep up. */
        void unit(int track, AccessUnit unit);
    }

    /** Makes jobs of requests. */
    interface Factory {
        /** @throws MalformedException if the request makes no sense, or this version does not know it */
        Job create(JsonObject request) throws MalformedException;
    }
}
