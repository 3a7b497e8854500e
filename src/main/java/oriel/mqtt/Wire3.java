package oriel.mqtt;

import com.hivemq.client.mqtt.MqttClientBuilder;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3Connect;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscribe;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscription;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import oriel.base.Bytes;

/** A connection by MQTT 3.1.1, for brokers that speak no 5. It cannot tell the broker how much it takes. */
final class Wire3 implements Wire {
    private final Mqtt3AsyncClient client;
    private final MqttSettings settings;
    private final CompletableFuture<Throwable> ended;

    Wire3(MqttClientBuilder builder, MqttSettings settings, CompletableFuture<Throwable> ended) {
        this.client = builder.useMqttVersion3().buildAsync();
        this.settings = settings;
        this.ended = ended;
    }

    @Override
    public String version() {
        return "MQTT 3.1.1";
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
        var connect = Mqtt3Connect.builder()
                .cleanSession(true)
                .keepAlive(KEEP_ALIVE_SECONDS)
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
        return client.subscribe(Mqtt3Subscribe.builder()
                .addSubscriptions(filters.stream()
                        .map(filter -> Mqtt3Subscription.builder()
                                .topicFilter(filter)
                                .qos(MqttQos.AT_LEAST_ONCE)
                                .build()))
                .build());
    }

    @Override
    public CompletableFuture<?> publish(LastValues.Outgoing message) {
        return client.publish(Mqtt3Publish.builder()
                .topic(message.topic())
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(message.retained())
                .payload(message.payload().toBuffer())
                .build());
    }

    @Override
    public CompletableFuture<?> disconnect(boolean withWill) {
        return client.disconnect(); // Of 3.1.1 no broker says the will after a goodbye.
    }
}
