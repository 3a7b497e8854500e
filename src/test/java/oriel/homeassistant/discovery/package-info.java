/** What Home Assistant is told of the cameras, message by message. */
@NullMarked
package oriel.homeassistant.discovery;

import org.jspecify.annotations.NullMarked;
