import type { NewSession } from "./slice";

// sessionStorage, not localStorage: the token ends with the tab, and no other tab or later visit can read it.
const name = "jobtracker.session";

/** Remember a session for reloads of this tab; null forgets it. */
export function keep(session: NewSession | null): void {
  try {
    if (session === null) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, JSON.stringify(session));
  } catch {
    // Storage may be switched off; the session then lives until the page is reloaded.
  }
}

/** The session of this tab, unless it has expired or is not readable. */
export function recall(now: number): NewSession | null {
  try {
    const found = JSON.parse(sessionStorage.getItem(name) ?? "null") as Partial<NewSession> | null;
    if (typeof found?.token !== "string" || typeof found.expiresAt !== "number" || !found.person) return null;
    return found.expiresAt > now ? (found as NewSession) : null;
  } catch {
    return null;
  }
}
