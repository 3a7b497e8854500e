package oriel.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import oriel.access.Door;

/** By which listener a connection came: written on its channel when it is made, never read from what it says. */
final class DoorChannel {
    private static final AttributeKey<Door> DOOR = AttributeKey.valueOf(DoorChannel.class, "door");

    private DoorChannel() {}

    static void mark(Channel channel, Door door) {
        channel.attr(DOOR).set(door);
    }

    /** The door of a request; the API's where nobody said. */
    static Door door(HttpRequest<?> request) {
        Door door = request instanceof NettyHttpRequest<?> netty
                ? netty.getChannelHandlerContext().channel().attr(DOOR).get()
                : null;
        return door == null ? Door.API : door;
    }
}
