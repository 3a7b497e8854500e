/** Tests of Home Assistant's cameras, over made-up folders of several generations of its storage. */
@org.jspecify.annotations.NullMarked
package oriel.homeassistant.camera;
