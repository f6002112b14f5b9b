// What the bookmarklet brings stands behind the "#" of the address, which no server is sent. It is taken out of there
// at once, so that neither the history nor the sign-in keeps it, and waits here until the person has decided.

let waiting: string | null = null;

/** Keep a page that came with the address of this visit, and clean the address. */
export function takeFromAddress(): void {
  const { pathname, search, hash } = window.location;
  if (pathname !== "/add" || !hash.startsWith("#page=")) return;
  waiting = hash.slice(1);
  window.history.replaceState(null, "", pathname + search);
}

export function captured(): string | null {
  return waiting;
}

export function forgetCaptured(): void {
  waiting = null;
}
