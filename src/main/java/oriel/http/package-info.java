/**
 * HTTP as others speak it to us. Asking: {@link oriel.http.BoundedHttpClient} for requests and
 * {@link oriel.http.TextSocket} for conversations over a WebSocket, both bounded in time and bytes. Sign-in, for HTTP, RTSP
 * and ONVIF alike: what a server asks for ({@link oriel.http.Challenge}) and how to answer it without giving more away than
 * needed ({@link oriel.http.Authenticator}; Digest by RFC 7616, Basic by RFC 7617), which is pure. Imports base.
 */
@NullMarked
package oriel.http;

import org.jspecify.annotations.NullMarked;
