package oriel.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.base.Bytes;
import oriel.media.AccessUnit;

@Timeout(10)
class JobInboxTest {
    private final JobInbox inbox = new JobInbox();

    private static AccessUnit unit(int bytes) {
        return new AccessUnit(0, Optional.empty(), true, List.of(Bytes.of(new byte[bytes])));
    }

    @Test
    void unitsAndSizes_comeInTheirOrder_eachByItself() throws Exception {
        inbox.put(new StillSize(1, 0));
        inbox.put(unit(1));
        inbox.put(unit(2));
        inbox.put(new StillSize(2, 0));
        assertThat(inbox.unit().size()).isEqualTo(1);
        assertThat(inbox.unit().size()).isEqualTo(2);
        assertThat(inbox.size().width()).isEqualTo(1);
        assertThat(inbox.size().width()).isEqualTo(2);
    }

    @Test
    void moreUnitsThanFit_endTheJob() throws Exception {
        for (int i = 0; i < StillRequest.MAX_PICTURES; i++) {
            inbox.put(unit(1));
        }
        assertThat(inbox.unit().size()).isEqualTo(1);
        inbox.put(unit(1));
        inbox.put(unit(1));
        assertThatThrownBy(inbox::unit).isInstanceOf(IOException.class);
        assertThatThrownBy(inbox::size).isInstanceOf(IOException.class);
    }

    @Test
    void moreBytesThanFit_endTheJob() {
        inbox.put(unit(StillRequest.MAX_BYTES));
        inbox.put(unit(1));
        assertThatThrownBy(inbox::unit).isInstanceOf(IOException.class);
    }

    @Test
    void moreSizesThanFit_endTheJob() {
        for (int i = 0; i <= JobInbox.MAX_SIZES; i++) {
            inbox.put(StillSize.full());
        }
        assertThatThrownBy(inbox::size).isInstanceOf(IOException.class);
    }
}
