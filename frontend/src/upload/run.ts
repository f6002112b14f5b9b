import { api, type Resume } from "../api";
import { problemOf } from "../api/problem";
import type { Dispatch, State } from "../store";
import { contentType, objection } from "./files";
import { send, UploadRefusedError } from "./send";
import { percentSent, stepReached, uploadBegun, uploadEnded, uploadSlow } from "./slice";

/** How often is asked, and after how long a step counts as slow, in milliseconds. */
export const pace = { ask: 1_000, slow: 60_000, longest: 600_000 };

/** Ask anew each time, and stay subscribed to nothing. */
const once = { forceRefetch: true, subscribe: false } as const;

type Thunk = (dispatch: Dispatch, getState: () => State) => Promise<void>;

class EndedError extends Error {
  constructor(
    readonly kind: "refused" | "failed",
    reason: string,
  ) {
    super(reason);
  }
}

/** Upload a resume and follow it until its matches are there. It goes on while the person reads other pages. */
export function uploadResume(file: File): Thunk {
  return async (dispatch, getState) => {
    dispatch(uploadBegun(file.name));
    const token = getState().session.token;
    try {
      const resume = await upload(file, dispatch);
      await follow(resume.id, dispatch, () => getState().session.token === token);
    } catch (error) {
      if (getState().session.token !== token) return;
      const kind = error instanceof EndedError ? error.kind : "failed";
      dispatch(uploadEnded({ kind, reason: reasonOf(error) }));
    } finally {
      dispatch(api.util.invalidateTags(["resumes", "profile", "matches"]));
    }
  };
}

async function upload(file: File, dispatch: Dispatch): Promise<Resume> {
  const why = objection(file);
  if (why !== null) throw new EndedError("refused", why);
  const resumeRequest = { filename: file.name, content_type: contentType(file.name) ?? file.type, size: file.size };
  const created = await dispatch(api.endpoints.createResume.initiate({ resumeRequest })).unwrap();
  dispatch(stepReached("uploading"));
  await send(file, created.upload, (percent) => dispatch(percentSent(percent)));
  dispatch(stepReached("extracting"));
  return created.resume;
}

async function follow(resumeId: string, dispatch: Dispatch, wanted: () => boolean): Promise<void> {
  await until(dispatch, wanted, async () => {
    const resume = await dispatch(api.endpoints.getResume.initiate({ resumeId }, once)).unwrap();
    if (resume.status === "refused") throw new EndedError("refused", resume.refusal?.reason ?? "It could not be read.");
    if (resume.status === "extracted") dispatch(stepReached("reading"));
    return resume.status === "read";
  });
  dispatch(stepReached("ranking"));
  await until(dispatch, wanted, async () => {
    const page = await dispatch(api.endpoints.listMatches.initiate({ limit: 1 }, once)).unwrap();
    return page.summary !== null && !page.stale;
  });
  dispatch(stepReached("done"));
}

async function until(dispatch: Dispatch, wanted: () => boolean, ready: () => Promise<boolean>): Promise<void> {
  const began = Date.now();
  for (let slow = false; ; ) {
    if (!wanted()) throw new EndedError("failed", "You signed out.");
    if (await readyOrBusy(ready)) return;
    const waited = Date.now() - began;
    if (waited > pace.longest) throw new EndedError("failed", "This takes too long. Look again in a few minutes.");
    if (waited > pace.slow && !slow) {
      slow = true;
      dispatch(uploadSlow());
    }
    await new Promise((resolve) => setTimeout(resolve, pace.ask));
  }
}

/** A broken connection or a busy service in between is no reason to give up: the work goes on without us. */
async function readyOrBusy(ready: () => Promise<boolean>): Promise<boolean> {
  try {
    return await ready();
  } catch (error) {
    const status = typeof error === "object" && error !== null && "status" in error ? error.status : undefined;
    const passing = status === "FETCH_ERROR" || status === "TIMEOUT_ERROR" || status === 429 || Number(status) >= 500;
    if (passing) return false;
    throw error;
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof EndedError || error instanceof UploadRefusedError) return error.message;
  return problemOf(error as Parameters<typeof problemOf>[0])?.detail ?? "Something went wrong. Try again.";
}
