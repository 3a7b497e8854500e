const LOOK_MS = 500;
const LEAST_SILENCE_MS = 2000;
const FRAMES_OF_SILENCE = 5;
const SMOOTHING = 0.1;

/**
 * Tells when a video shows new pictures and when it has stopped to. Looks only while the page can be seen, for browsers
 * draw nothing else.
 */
export class StallWatch {
  #video;
  #pictures;
  #silence;
  #callback = 0;
  #timer = 0;
  #last = 0;
  #frameMs = 40;
  #picture = null;
  #drawn = 0;

  /**
   * @param pictures called at each picture drawn
   * @param silence called with the milliseconds since the last picture, again and again while none comes
   */
  constructor(video, pictures, silence) {
    this.#video = video;
    this.#pictures = pictures;
    this.#silence = silence;
  }

  start() {
    this.stop();
    this.#last = performance.now();
    this.#picture = null;
    this.#await();
    this.#timer = setInterval(this.#look, LOOK_MS);
  }

  stop() {
    clearInterval(this.#timer);
    this.#video.cancelVideoFrameCallback(this.#callback);
  }

  #await() {
    this.#callback = this.#video.requestVideoFrameCallback((now, { rtpTimestamp, mediaTime }) => {
      this.#await();
      // The same picture is drawn again when its style changes, and that is no news.
      const picture = rtpTimestamp ?? mediaTime;
      if (picture === this.#picture) return;
      this.#picture = picture;
      this.#frameMs += SMOOTHING * (Math.min(now - this.#last, LEAST_SILENCE_MS) - this.#frameMs);
      this.#last = now;
      this.#pictures();
    });
  }

  #look = () => {
    const now = performance.now();
    const { totalVideoFrames } = this.#video.getVideoPlaybackQuality();
    // Off screen a browser may draw nothing, and decodes nevertheless.
    if (document.hidden || this.#video.paused || totalVideoFrames !== this.#drawn) {
      this.#drawn = totalVideoFrames;
      this.#last = Math.max(this.#last, now - LOOK_MS);
      return;
    }
    const silence = now - this.#last;
    if (silence > Math.max(LEAST_SILENCE_MS, FRAMES_OF_SILENCE * this.#frameMs)) this.#silence(silence);
  };
}
