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
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateHandler;
import org.jspecify.annotations.Nullable;
import oriel.metrics.Drops;

/**
 * What routes cannot do: takes {@code api.base_path} off every address before routes see it, lets WebSockets be silent, for
 * a player says nothing while its picture runs, closes connections that are too many or too slow, and counts what the
 * server refuses by itself. At the ingress door whoever is not the Supervisor is hung up on before a byte is read.
 */
final class PipelineCustomizer implements NettyServerCustomizer {
    private final DoorFacts facts;
    private final @Nullable Channel channel;

    PipelineCustomizer(DoorFacts facts) {
        this(facts, null);
    }

    private PipelineCustomizer(DoorFacts facts, @Nullable Channel channel) {
        this.facts = facts;
        this.channel = channel;
    }

    @Override
    public NettyServerCustomizer specializeForChannel(Channel specialized, ChannelRole role) {
        if (role == ChannelRole.LISTENER) {
            specialized.pipeline().addLast("oriel-accept", new AcceptPause(facts.drops()));
        }
        return new PipelineCustomizer(facts, specialized);
    }

    @Override
    public void onStreamPipelineBuilt() {
        if (channel != null && channel.pipeline().get(ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND) != null) {
            DoorChannel.mark(channel, facts.door());
            if (!facts.serves(channel)) {
                channel.close();
                return;
            }
            ConnectionPlace place = new ConnectionPlace(facts.connections(), facts.visitor(channel));
            RequestDeadline deadline = new RequestDeadline(place, facts.drops());
            channel.pipeline().addFirst("oriel-deadline", deadline);
            channel.pipeline()
                    .addBefore(
                            ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND,
                            "oriel",
                            new Handler(facts.basePath(), deadline, place, facts.drops()));
        }
    }

    private static final class Handler extends ChannelDuplexHandler {
        private final BasePath basePath;
        private final RequestDeadline deadline;
        private final ConnectionPlace place;
        private final Drops drops;
        private boolean goesOn;

        Handler(BasePath basePath, RequestDeadline deadline, ConnectionPlace place, Drops drops) {
            this.basePath = basePath;
            this.deadline = deadline;
            this.place = place;
            this.drops = drops;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
            if (message instanceof HttpRequest request) {
                request.setUri(basePath.strip(request.uri()));
                deadline.headCame();
            }
            if (message instanceof LastHttpContent) {
                deadline.requestCame();
            }
            super.channelRead(context, message);
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
            if (message instanceof HttpResponse response) {
                secure(response);
                answered(context, response.status());
                // The answer itself is still to come, or there is none, for it is a WebSocket now.
                goesOn = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            }
            if (message instanceof LastHttpContent && !goesOn) {
                place.answered();
            }
            super.write(context, message, promise);
        }

        // What the server refuses by itself comes by no filter of ours.
        private static void secure(HttpResponse response) {
            SafeHeaders.ALWAYS.forEach((name, value) -> response.headers().set(name, value));
            SafeHeaders.UNLESS_SAID.forEach((name, value) -> {
                if (!response.headers().contains(name)) {
                    response.headers().set(name, value);
                }
            });
        }

        private void answered(ChannelHandlerContext context, HttpResponseStatus status) {
            if (status.equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
                deadline.upgraded();
                if (context.pipeline().get(IdleStateHandler.class) != null) {
                    context.pipeline().remove(IdleStateHandler.class);
                }
            } else if (status.equals(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE)) {
                drops.count("http-body-full");
            } else if (status.equals(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
                    || status.equals(HttpResponseStatus.REQUEST_URI_TOO_LONG)) {
                drops.count("http-head-full");
            }
        }
    }
}
