/** The login that somebody typed into this page: kept until the tab is closed, and sent with each question. */

const KEY = 'oriel-login';

let header = recall();

/** The value of the header `Authorization`; empty if nobody typed a login. */
export function authorization() {
  return header;
}

/** What a login looks like on its way (RFC 7617). */
export function basic(user, password) {
  const bytes = new TextEncoder().encode(`${user}:${password}`);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}

/** Sends this login from now on; none, if it is empty. */
export function remember(value) {
  header = value;
  try {
    if (value) sessionStorage.setItem(KEY, value);
    else sessionStorage.removeItem(KEY);
  } catch (error) {
    console.debug('the login is not remembered', error);
  }
}

function recall() {
  try {
    return sessionStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}
