package oriel.worker;

import java.io.IOException;
import oriel.base.Bytes;
import oriel.base.MalformedException;

/** Decodes one picture and gives it as a JPEG in each size that is asked for; see {@link StillRequest}. */
final class StillJob implements Job {
    private final StillRequest request;

    StillJob(StillRequest request) {
        this.request = request;
    }

    @Override
    public void run(Input input, Output output) throws IOException, MalformedException, InterruptedException {
        try (StillDecoder decoder = StillDecoder.open(request.codec())) {
            decode(input, decoder);
            while (true) {
                StillSize asked = input.size();
                Bytes jpeg = JpegEncoder.encode(decoder.picture(), asked);
                if (jpeg.length() > MessageFormat.MAX_JPEG) {
                    throw new IOException("a JPEG of " + jpeg.length() + " bytes is too large");
                }
                output.still(asked, jpeg);
            }
        } catch (NativeMediaException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void decode(Input input, StillDecoder decoder)
            throws IOException, MalformedException, InterruptedException {
        try {
            for (int taken = 0; taken < request.pictures(); taken++) {
                decoder.take(input.unit());
            }
            decoder.finish();
        } catch (NativeMediaException e) {
            throw new MalformedException(String.valueOf(e.getMessage()));
        }
    }
}
