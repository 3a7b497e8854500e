package oriel.webrtc.dtls;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import oriel.base.MalformedException;

/**
 * Any datagrams, one after another: each passes, is dropped or ends the handshake, and nothing else happens.
 *
 * <pre>
 * |1: 0 against a client, 1 against a server, 2 and 3 likewise after the handshake|  then datagrams: |2: length|bytes|
 * </pre>
 */
class DtlsGuardFuzzTest {
    @FuzzTest
    void admits(byte[] input) {
        if (input.length == 0) {
            return;
        }
        DtlsGuard guard = (input[0] & 1) == 0 ? DtlsGuard.againstClient() : DtlsGuard.againstServer();
        boolean connected = (input[0] & 2) != 0;
        if (connected) {
            guard.connected();
        }
        int datagrams = 0;
        try {
            for (int at = 1; at + 2 <= input.length; datagrams++) {
                int length = (input[at] & 0xFF) << 8 | input[at + 1] & 0xFF;
                int end = Math.min(at + 2 + length, input.length);
                guard.admits(Arrays.copyOfRange(input, at + 2, end));
                at = end;
            }
        } catch (MalformedException e) {
            if (connected || !e.reason().startsWith("DTLS ")) {
                throw new AssertionError("ended by " + e.reason());
            }
            return;
        }
        if (!connected && datagrams > DtlsGuard.MAX_DATAGRAMS) {
            throw new AssertionError("a handshake of " + datagrams + " datagrams was admitted");
        }
    }
}
