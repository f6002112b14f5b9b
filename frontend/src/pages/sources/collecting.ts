import { useEffect, useState } from "react";

/** How often is asked while a collection runs, and when it is given up, in milliseconds. */
export const askEvery = 1_500;
const patience = 180_000;

interface Collected {
  id: string;
  last_run_at: string | null;
}

/** Collections that were asked for, with the time of the last run before: a later one ends the waiting. */
type Waiting = Record<string, { before: string | null; since: number }>;

/** For which sources a collection was asked and has not ended yet. `answeredAt` is when `sources` were last asked for. */
export function useWaiting(sources: Collected[] | undefined, answeredAt: number | undefined) {
  const [waiting, setWaiting] = useState<Waiting>({});
  useEffect(() => {
    setWaiting((now) => {
      const left = Object.entries(now).filter(([id, { before, since }]) => {
        const source = sources?.find((found) => found.id === id);
        return source?.last_run_at === before && Date.now() - since < patience;
      });
      return left.length === Object.keys(now).length ? now : Object.fromEntries(left);
    });
    // The time too: answers that say the same are the same object, and waiting must end all the same.
  }, [sources, answeredAt]);
  return {
    waits: (id: string) => id in waiting,
    wait: ({ id, last_run_at }: Collected) =>
      setWaiting((now) => ({ ...now, [id]: { before: last_run_at, since: Date.now() } })),
    any: Object.keys(waiting).length > 0,
  };
}
