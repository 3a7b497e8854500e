package oriel.worker;

import java.io.IOException;
import java.util.List;
import oriel.base.Bytes;
import oriel.base.JsonObject;
import oriel.base.MalformedException;
import oriel.media.AccessUnit;
import oriel.media.Codec;

/** One piece of work inside the worker's process, on a thread of its own. */
interface Job {
    /**
     * Works until it is interrupted; closes all it opened before it leaves.
     *
     * @param input what the gateway sends it
     * @throws IOException what a native library refused, in words for the owner
     * @throws MalformedException if what it was given to work on is damaged
     */
    void run(Input input, Output output) throws IOException, MalformedException, InterruptedException;

    /** What the gateway sends a job. For the job's thread. */
    interface Input {
        /**
         * Waits for the next unit.
         *
         * @throws IOException if more came than is held
         */
        AccessUnit unit() throws IOException, InterruptedException;

        /** Waits for the next size in which a still is wanted; likewise. */
        StillSize size() throws IOException, InterruptedException;
    }

    /** Where a job's work goes; never blocks. */
    interface Output {
        /** Says which tracks there are; once, before the first unit. */
        void ready(List<Codec> codecs);

        /** The next unit of a track; dropped if the gateway does not keep up. */
        void unit(int track, AccessUnit unit);

        /** A still in a size that was asked for; {@code jpeg} has at most {@value MessageFormat#MAX_JPEG} bytes. */
        void still(StillSize asked, Bytes jpeg);
    }

    /** Makes jobs of requests. */
    interface Factory {
        /** @throws MalformedException if the request makes no sense, or this version does not know it */
        Job create(JsonObject request) throws MalformedException;
    }
}
