const PLACES = 9;
const MARGIN = '200px';
const PAUSE_MS = 1000;
const CLOSE_MS = 5000;

/**
 * Shares the nine connections of a wall among its tiles: those in view first, by their order; of those out of view, the
 * ones that just left, for 5 s. A camera in trouble takes what the others leave. Sets each tile's `run` (`live`, `paused`,
 * `off`) and `crowded`, and reads its `troubled`.
 */
export class LivePlaces {
  #seats = new Map();
  #observer = new IntersectionObserver((entries) => this.#seen(entries), { rootMargin: MARGIN });

  watch(tile) {
    this.#seats.set(tile, { inView: false, away: 'long', timers: [] });
    this.#observer.observe(tile);
  }

  unwatch(tile) {
    this.#observer.unobserve(tile);
    this.#seats.get(tile)?.timers.forEach(clearTimeout);
    this.#seats.delete(tile);
    this.share();
  }

  /** Shares the places anew, after a tile's trouble began or ended. */
  share() {
    let left = PLACES;
    const order = [...this.#seats.keys()].sort(byPlace);
    for (const wanted of [isPlaying, isWell, isInView, isFresh]) {
      for (const tile of order) {
        const seat = this.#seats.get(tile);
        if (seat.granted || !wanted(tile, seat) || left === 0) continue;
        seat.granted = true;
        left--;
      }
    }
    for (const [tile, seat] of this.#seats) {
      tile.run = seat.granted ? (seat.inView || seat.away === 'no' ? 'live' : 'paused') : 'off';
      tile.crowded = seat.inView && !seat.granted;
      seat.granted = false;
    }
  }

  #seen(entries) {
    for (const { target, isIntersecting } of entries) {
      const seat = this.#seats.get(target);
      if (!seat || seat.inView === isIntersecting) continue;
      seat.timers.forEach(clearTimeout);
      seat.inView = isIntersecting;
      seat.away = 'no';
      seat.timers = isIntersecting
        ? []
        : [setTimeout(() => this.#leave(seat, 'short'), PAUSE_MS), setTimeout(() => this.#leave(seat, 'long'), CLOSE_MS)];
    }
    this.share();
  }

  #leave(seat, away) {
    seat.away = away;
    this.share();
  }
}

// A tile that plays is not stopped for one that could.
const isPlaying = (tile, seat) => seat.inView && tile.run !== 'off' && !tile.troubled;
const isWell = (tile, seat) => seat.inView && !tile.troubled;
const isInView = (tile, seat) => seat.inView;
const isFresh = (tile, seat) => seat.away !== 'long' && tile.run !== 'off';

function byPlace(a, b) {
  return a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
}
