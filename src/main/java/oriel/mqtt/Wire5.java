package oriel.mqtt;

import com.hivemq.client.mqtt.MqttClientBuilder;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscription;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import oriel.base.Bytes;

/** A connection by MQTT 5. */
final class Wire5 implements Wire {
    private final Mqtt5AsyncClient client;
    private final MqttSettings settings;
    private final CompletableFuture<Throwable> ended;

    Wire5(MqttClientBuilder builder, MqttSettings settings, CompletableFuture<Throwable> ended) {
        this.client = builder.useMqttVersion5().buildAsync();
        this.settings = settings;
        this.ended = ended;
    }

    @Override
    public String version() {
        return "MQTT 5";
    }

    @Override
    public CompletableFuture<?> connect(Consumer<Incoming> inbox) {
        client.publishes(
                MqttGlobalPublishFilter.ALL,
                publish -> inbox.accept(new Incoming(
                        new MqttMessage(
                                publish.getTopic().toString(),
                                Bytes.of(publish.getPayloadAsBytes()),
                                publish.isRetain()),
                        publish::acknowledge)),
                Runnable::run,
                true);
        var connect = Mqtt5Connect.builder()
                .cleanStart(true)
                .keepAlive(KEEP_ALIVE_SECONDS)
                .restrictions()
                .receiveMaximum(RECEIVE_MAXIMUM)
                .maximumPacketSize(MqttSettings.MAX_RECEIVED)
                .applyRestrictions()
                .willPublish()
                .topic(settings.will().topic())
                .payload(settings.will().payload().getBytes(StandardCharsets.UTF_8))
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(true)
                .applyWillPublish();
        if (!settings.user().isEmpty()) {
            connect = connect.simpleAuth()
                    .username(settings.user())
                    .password(settings.password().reveal().getBytes(StandardCharsets.UTF_8))
                    .applySimpleAuth();
        }
        return client.connect(connect.build());
    }

    @Override
    public CompletableFuture<Throwable> ended() {
        return ended;
    }

    @Override
    public CompletableFuture<?> subscribe(List<String> filters) {
        return client.subscribe(Mqtt5Subscribe.builder()
                .addSubscriptions(filters.stream()
                        .map(filter -> Mqtt5Subscription.builder()
                                .topicFilter(filter)
                                .qos(MqttQos.AT_LEAST_ONCE)
                                .build()))
                .build());
    }

    @Override
    public CompletableFuture<?> publish(LastValues.Outgoing message) {
        Mqtt5Publish publish = Mqtt5Publish.builder()
                .topic(message.topic())
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(message.retained())
                .payload(message.payload().toBuffer())
                .build();
        return client.publish(publish)
                .thenAccept(result -> result.getError().ifPresent(error -> {
                    throw new CompletionException(error);
                }));
    }

    @Override
    public CompletableFuture<?> disconnect(boolean withWill) {
        return client.disconnectWith()
                .reasonCode(
                        withWill
                                ? Mqtt5DisconnectReasonCode.DISCONNECT_WITH_WILL_MESSAGE
                                : Mqtt5DisconnectReasonCode.NORMAL_DISCONNECTION)
                .send();
    }
}
