/**
 * The HTTP and WebSocket doors: go2rtc's surface, RTSPtoWebRTC's, our own routes and the page. Thin: a route reads the
 * request, asks the room that knows, and writes the answer. Enter by {@link oriel.api.ApiServer}. Runs on Micronaut's own
 * loops; whatever waits runs on virtual threads. Imports catalog, stream, output, access, config, metrics and base.
 */
@NullMarked
package oriel.api;

import org.jspecify.annotations.NullMarked;
