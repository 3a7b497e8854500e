/** The page's addresses live behind `#`, so that they work under any prefix. */

const CAMERA = '#/camera/';

export const SETTINGS = '#/settings';

export function cameraAddress(name) {
  return CAMERA + encodeURIComponent(name);
}

/** The name of the camera that an address shows; empty for other views. */
export function cameraOf(hash) {
  if (!hash.startsWith(CAMERA)) return '';
  try {
    return decodeURIComponent(hash.slice(CAMERA.length));
  } catch (error) {
    // A percent sign that a person typed: taken as it is.
    if (error instanceof URIError) return hash.slice(CAMERA.length);
    throw error;
  }
}
