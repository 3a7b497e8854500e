/**
 * A Home Assistant for tests: {@link oriel.testing.homeassistant.FakeHomeAssistant} is its Supervisor and its Core on one
 * port, {@link oriel.testing.homeassistant.FakeIntegration} what Core's go2rtc integration asks of us,
 * {@link oriel.testing.homeassistant.IngressRig} the way through its front end.
 */
@NullMarked
package oriel.testing.homeassistant;

import org.jspecify.annotations.NullMarked;
