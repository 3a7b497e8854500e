/**
 * Home Assistant's cameras as streams of ours. Enter by {@link oriel.homeassistant.camera.HassImport}, which watches two
 * files of Home Assistant's storage and tells the catalog; {@link oriel.homeassistant.camera.HassSourceFactory} makes
 * {@code hass:} a source. Only ever reads below that folder. What reads the files is pure: bytes in, cameras or {@code
 * MalformedException} out. Imports catalog, stream, config and base.
 */
@NullMarked
package oriel.homeassistant.camera;

import org.jspecify.annotations.NullMarked;
