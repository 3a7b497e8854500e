/**
 * A camera for tests: {@link oriel.testing.camera.SimulatedCamera} serves {@link oriel.testing.camera.CameraMedia} over
 * RTSP on loopback, as well or as badly as a test wants. Plain Java and virtual threads; shares no code with the client
 * it tests.
 */
@NullMarked
package oriel.testing.camera;

import org.jspecify.annotations.NullMarked;
