/**
 * Who may come in and what they may do, as pure decisions on plain values: {@link oriel.access.HostCheck} and
 * {@link oriel.access.OriginCheck} keep foreign web pages out, {@link oriel.access.LoopbackDoor} says who a peer is,
 * {@link oriel.access.SourcePolicy} which sources may be added over the network. No HTTP types, no sockets, no names
 * resolved, no state: everything here may be called on any thread. Imports config and base.
 */
@NullMarked
package oriel.access;

import org.jspecify.annotations.NullMarked;
