package oriel.api;

import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.timeout.IdleStateHandler;
import org.jspecify.annotations.Nullable;

/**
 * Two things that routes cannot do: takes {@code api.base_path} off every address before routes see it, and lets
 * WebSockets be silent, for a player says nothing while its picture runs.
 */
final class PipelineCustomizer implements NettyServerCustomizer {
    private final BasePath basePath;
    private final @Nullable Channel channel;

    PipelineCustomizer(BasePath basePath) {
        this(basePath, null);
    }

    private PipelineCustomizer(BasePath basePath, @Nullable Channel channel) {
        this.basePath = basePath;
        this.channel = channel;
    }

    @Override
    public NettyServerCustomizer specializeForChannel(Channel specialized, ChannelRole role) {
        return new PipelineCustomizer(basePath, specialized);
    }

    @Override
    public void onStreamPipelineBuilt() {
        if (channel != null && channel.pipeline().get(ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND) != null) {
            channel.pipeline()
                    .addBefore(ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND, "oriel", new Handler(basePath));
        }
    }

    private static final class Handler extends ChannelDuplexHandler {
        private final BasePath basePath;

        Handler(BasePath basePath) {
            this.basePath = basePath;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
            if (message instanceof HttpRequest request) {
                request.setUri(basePath.strip(request.uri()));
            }
            super.channelRead(context, message);
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
            if (message instanceof HttpResponse response
                    && response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)
                    && context.pipeline().get(IdleStateHandler.class) != null) {
                context.pipeline().remove(IdleStateHandler.class);
            }
            super.write(context, message, promise);
        }
    }
}
