package oriel.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import oriel.base.MalformedException;

class SdpFragmentFuzzTest {
    @FuzzTest
    void parse(byte[] data) throws MalformedException {
        SdpFragment fragment;
        try {
            fragment = SdpFragment.parse(new String(data, StandardCharsets.UTF_8));
        } catch (MalformedException e) {
            assertThat(e.reason()).isNotEmpty();
            return;
        }
        assertThat(fragment.candidates()).hasSizeLessThanOrEqualTo(SdpFragment.MAX_CANDIDATES);
        assertThat(SdpFragment.parse(fragment.text())).isEqualTo(fragment);
    }
}
