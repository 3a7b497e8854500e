/**
 * Every camera as a device in Home Assistant, by MQTT discovery: what is announced ({@link
 * oriel.homeassistant.discovery.DeviceMessages}), how each camera and Oriel itself are, its stills, and what Home Assistant
 * asks for. Enter by {@link oriel.homeassistant.discovery.CameraDevices}. Looks at the streams four times a second on a
 * virtual thread of its own, never at media. Imports mqtt, catalog, stream, output.still and what is below.
 */
@NullMarked
package oriel.homeassistant.discovery;

import org.jspecify.annotations.NullMarked;
