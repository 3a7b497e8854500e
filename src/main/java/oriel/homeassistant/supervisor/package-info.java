/**
 * Home Assistant around us: its Supervisor, which started us, and Core, which is asked through the Supervisor's proxy.
 * Enter by {@link oriel.homeassistant.supervisor.HomeAssistant}, which is there with and without a Supervisor. What is asked
 * for is asked again and again on virtual threads, 5 to 60 s apart while there is no answer; each answer is bounded, a
 * change is told in the log once, and media waits for none of it. Imports access, http, config and base.
 */
@NullMarked
package oriel.homeassistant.supervisor;

import org.jspecify.annotations.NullMarked;
