package oriel.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tries a host's addresses one after the other, a second apart at most, until one answers (RFC 8305 without its sorting);
 * the others are closed. Lives on one loop; {@link #start} and {@link #cancel} may come from any thread.
 */
final class ConnectRace {
    private static final Duration STAGGER = Duration.ofSeconds(1);

    private final NettyLoop loop;
    private final Bootstrap bootstrap;
    private final List<InetSocketAddress> addresses;
    private final Consumer<Channel> initializer;
    private final CompletableFuture<Channel> winner = new CompletableFuture<>();

    // Only on the loop:
    private final List<Channel> open = new ArrayList<>();
    private final List<Throwable> errors = new ArrayList<>();
    private int next;
    private boolean over;
    private MediaLoop.@Nullable Timer stagger;

    /**
     * @param addresses resolved, at least one
     * @param initializer fills the winner's pipeline, on the loop, before a byte is read
     */
    ConnectRace(
            NettyLoop loop,
            Class<? extends SocketChannel> kind,
            List<InetSocketAddress> addresses,
            Consumer<Channel> initializer) {
        this.loop = loop;
        this.addresses = List.copyOf(addresses);
        this.initializer = initializer;
        this.bootstrap = new Bootstrap()
                .group(loop.events())
                .channel(kind)
                // The dialer's own deadline ends attempts.
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.RECVBUF_ALLOCATOR, loop.stream())
                .handler(new Nothing());
    }

    /**
     * Begins.
     *
     * @return the connected channel, or a {@link NoneAnswered}; never ends after {@link #cancel}
     */
    CompletableFuture<Channel> start() {
        loop.execute(this::tryNext);
        return winner;
    }

    /** Ends it and closes all that is open, the winner too: for whoever gives up before he has taken it over. */
    void cancel() {
        loop.execute(() -> {
            over = true;
            stopTimer();
            List.copyOf(open).forEach(Channel::close);
        });
    }

    private void tryNext() {
        stopTimer();
        if (over) {
            return;
        }
        if (next == addresses.size()) {
            if (open.isEmpty()) {
                over = true;
                winner.completeExceptionally(new NoneAnswered(errors));
            }
            return;
        }
        ChannelFuture attempt = bootstrap.connect(addresses.get(next++));
        Channel channel = attempt.channel();
        open.add(channel);
        channel.closeFuture().addListener(closed -> open.remove(channel));
        stagger = loop.schedule(STAGGER, this::tryNext);
        attempt.addListener((ChannelFuture ended) -> {
            if (ended.isSuccess()) {
                win(channel);
            } else {
                open.remove(channel);
                errors.add(ended.cause());
                tryNext();
            }
        });
    }

    private void win(Channel channel) {
        if (over) {
            channel.close();
            return;
        }
        over = true;
        stopTimer();
        List.copyOf(open).stream().filter(other -> !other.equals(channel)).forEach(Channel::close);
        initializer.accept(channel);
        winner.complete(channel);
    }

    private void stopTimer() {
        if (stagger != null) {
            stagger.cancel();
            stagger = null;
        }
    }

    /** No address answered; {@link #errors()} says how each failed. */
    static final class NoneAnswered extends IOException {
        private static final long serialVersionUID = 1;

        private final transient List<Throwable> errors;

        NoneAnswered(List<Throwable> errors) {
            super("no address answered", errors.isEmpty() ? null : errors.getLast());
            this.errors = List.copyOf(errors);
        }

        List<Throwable> errors() {
            return errors;
        }
    }

    @ChannelHandler.Sharable
    private static final class Nothing extends ChannelInboundHandlerAdapter {}
}
