/**
 * Sign-in for HTTP, RTSP and ONVIF alike: what a server asks for ({@link oriel.http.Challenge}) and how to answer it
 * without giving more away than needed ({@link oriel.http.Authenticator}; Digest by RFC 7616, Basic by RFC 7617). Pure:
 * no socket, thread or clock. Imports base.
 */
@NullMarked
package oriel.http;

import org.jspecify.annotations.NullMarked;
