/**
 * Who may come in and what they may do: {@link oriel.access.HostCheck} and {@link oriel.access.OriginCheck} keep foreign
 * web pages out, {@link oriel.access.ApiDoor} and {@link oriel.access.IngressDoor} say who somebody is,
 * {@link oriel.access.Role} what they may do, {@link oriel.access.SourcePolicy} which sources may be added over the network.
 * Decisions on plain values: no HTTP types, no sockets, no names resolved; Home Assistant's users come by the port
 * {@link oriel.access.UserDirectory}, links that were given out lie in {@code state}. Everything here may be called on any
 * thread; {@link oriel.access.HomeUsers} blocks. Imports config, state and base.
 */
@NullMarked
package oriel.access;

import org.jspecify.annotations.NullMarked;
