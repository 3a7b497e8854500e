package oriel.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.Optional;
import oriel.base.MalformedException;

class MessageFormatFuzzTest {
    /** A whole conversation: frames with their lengths. */
    @FuzzTest
    void line_ofAnyBytes_isReadOrMalformed(byte[] data) {
        LineReader reader = new LineReader(Channels.newChannel(new ByteArrayInputStream(data)));
        try {
            Optional<WorkerMessage> message = reader.read();
            while (message.isPresent()) {
                byte[] again = MessageFormatTest.frame(message.get());
                assertThat(again.length).isLessThanOrEqualTo(MessageFormat.MAX_FRAME + MessageFormat.LENGTH_BYTES);
                message = reader.read();
            }
        } catch (MalformedException | IOException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }
}
