package oriel.homeassistant.camera;

import java.util.Optional;
import java.util.Set;
import oriel.base.Failure;
import oriel.base.FailureException;
import oriel.stream.Source;
import oriel.stream.SourceFactory;
import oriel.stream.SourceHint;
import oriel.stream.SourceKey;

/**
 * Takes {@code hass:Camera1} for the camera that is called so in Home Assistant, by its title, or by its entity
 * ({@code hass:camera.front_door}). Options behind a {@code #} go with it.
 */
public final class HassSourceFactory implements SourceFactory {
    private static final String SCHEME = "hass";

    private final HassAddresses addresses;

    public HassSourceFactory(HassAddresses addresses) {
        this.addresses = addresses;
    }

    @Override
    public Set<String> schemes() {
        return Set.of(SCHEME);
    }

    @Override
    public SourceHint hint(String source) {
        String rest = source.substring(SCHEME.length() + 1);
        if (rest.startsWith("//")) {
            return nothing("This version of Oriel does not speak hass://, only hass: and the name of a camera.");
        }
        Optional<HassAddresses.Address> whole = addresses.find(rest); // A title may hold a # itself.
        int hash = rest.indexOf('#');
        String name = hash < 0 || whole.isPresent() ? rest : rest.substring(0, hash);
        String options = rest.substring(name.length());
        return whole.or(() -> addresses.find(name))
                .map(address -> address.url()
                        .<SourceHint>map(url -> new SourceHint.Follow(url + options))
                        .orElseGet(() ->
                                nothing("Home Assistant's camera " + name + " cannot be had: " + address.sentence())))
                .orElseGet(() -> nothing("Home Assistant has no camera called " + name
                        + ", or hass.config does not lead to its folder."));
    }

    private static SourceHint nothing(String sentence) {
        return new SourceHint.Nothing(new Failure.Unsupported(sentence));
    }

    @Override
    public SourceKey key(String source) throws FailureException {
        throw new FailureException(new Failure.Unsupported("A hass: source is only ever followed."));
    }

    @Override
    public Source create(SourceKey key) {
        throw new IllegalStateException(key + " is only ever followed");
    }
}
