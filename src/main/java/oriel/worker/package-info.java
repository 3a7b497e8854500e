/**
 * The media worker's two ends: the gateway's client ({@link oriel.worker.MediaWorker}) and the process itself ({@link
 * oriel.worker.WorkerMain}), which holds all native media code, so that its crash takes no viewer of another camera down.
 * Between them the worker line: frames over one Unix socket, whole access units, never RTP. The only package that sees
 * JavaCV. Imports media, bitstream, process and base.
 */
@NullMarked
package oriel.worker;

import org.jspecify.annotations.NullMarked;
