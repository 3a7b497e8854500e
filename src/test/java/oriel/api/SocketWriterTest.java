package oriel.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.micronaut.websocket.WebSocketSession;
import io.micronaut.websocket.exceptions.WebSocketSessionException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import oriel.base.JsonObject;
import oriel.metrics.Drops;

class SocketWriterTest {
    private final List<String> calls = new ArrayList<>();
    private final Drops drops = new Drops();

    private SocketWriter writer(Supplier<CompletableFuture<?>> sent) {
        WebSocketSession session = (WebSocketSession) Proxy.newProxyInstance(
                WebSocketSession.class.getClassLoader(),
                new Class<?>[] {WebSocketSession.class},
                (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    return switch (method.getName()) {
                        case "isOpen" -> true;
                        case "sendAsync" -> sent.get();
                        default -> null;
                    };
                });
        return new SocketWriter(session, drops);
    }

    @Test
    void send_socketThatJustClosed_isNobodysFault() {
        SocketWriter writer = writer(() -> {
            throw new WebSocketSessionException("Session closed");
        });
        for (int i = 0; i <= SocketWriter.MAX_WAITING; i++) {
            assertThatCode(() -> writer.send("ping", JsonObject.empty())).doesNotThrowAnyException();
        }
        assertThat(drops.snapshot()).isEmpty();
    }

    @Test
    void send_readerThatDoesNotRead_isClosedAndCounted() {
        SocketWriter writer = writer(CompletableFuture::new);
        for (int i = 0; i <= SocketWriter.MAX_WAITING; i++) {
            writer.send("ping", JsonObject.empty());
        }
        assertThat(calls).last().isEqualTo("close");
        assertThat(drops.snapshot()).containsEntry("websocket-slow", 1L);
    }
}
