package oriel.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import oriel.process.ChildExit;

class CrashReportTest {
    private static final List<String> CRASH = List.of(
            "#",
            "# A fatal error has been detected by the Java Runtime Environment:",
            "#",
            "#  SIGSEGV (0xb) at pc=0x00007ff52437ff14, pid=7179, tid=7180",
            "#",
            "# JRE version: OpenJDK Runtime Environment (25.0.3+9)",
            "# Problematic frame:",
            "# C  [libavcodec.so.62+0x85f14]  avcodec_send_frame+0x1",
            "#");

    @Test
    void crash_inALibrary_namesSignalAndLibrary() {
        assertThat(CrashReport.text(new ChildExit(1, Optional.empty(), false, CRASH)))
                .isEqualTo("crashed with SIGSEGV in [libavcodec.so.62+0x85f14]  avcodec_send_frame+0x1");
    }

    @Test
    void end_withoutACrash_isToldAsItIs() {
        assertThat(CrashReport.text(new ChildExit(3, Optional.empty(), false, List.of("no line"))))
                .isEqualTo("ended with code 3: no line");
    }

    @Test
    void end_byUs_isToldAsItIs() {
        assertThat(CrashReport.text(new ChildExit(137, Optional.of("did not answer for 3 s"), true, CRASH)))
                .startsWith("did not answer for 3 s");
    }
}
