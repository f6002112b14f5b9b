import { fireEvent, screen, waitFor } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { matchPage, profile, resume } from "../test/data";
import { open } from "../test/render";
import { answer, problem, server } from "../test/server";
import { largest } from "./files";
import { pace } from "./run";
import type { UploadState } from "./slice";

const bucket = "https://bucket.example.com/";
const file = new File(["%PDF-1.7 words"], "ada.pdf", { type: "application/pdf" });

/** Storage that takes the upload, and keeps what it was sent. */
function storage() {
  const sent = vi.fn<(form: [string, string][]) => void>();
  server.use(
    http.post("*/api/v1/resumes", () =>
      HttpResponse.json({ resume: resume(), upload: { url: bucket, fields: { key: "uploads/1", policy: "p" } } }, { status: 201 }),
    ),
    http.post(bucket, async ({ request }) => {
      const form = await request.formData();
      const fields = [...form].map(async ([name, value]): Promise<[string, string]> => [name, await new Response(value).text()]);
      sent(await Promise.all(fields));
      return new HttpResponse(null, { status: 204 });
    }),
  );
  return sent;
}

/** Answers of GET /resumes/{id}, one after another; the last one stays. */
function follows(...answers: Parameters<typeof resume>[0][]) {
  let asked = 0;
  server.use(
    http.get("*/api/v1/resumes/:id", () => HttpResponse.json(resume(answers[Math.min(asked++, answers.length - 1)]))),
  );
}

function stepsOf(store: ReturnType<typeof open>["store"]): UploadState["step"][] {
  const steps: UploadState["step"][] = [];
  store.subscribe(() => {
    const { step } = store.getState().upload;
    if ((steps.at(-1) ?? null) !== step) steps.push(step);
  });
  return steps;
}

beforeEach(() => {
  pace.ask = 10;
  pace.slow = 60_000;
});

describe("a resume", () => {
  it("is followed from its file to its matches", async () => {
    const sent = storage();
    follows({ status: "waiting" }, { status: "extracted" }, { status: "read" });
    let asked = 0;
    server.use(http.get("*/api/v1/matches", () => HttpResponse.json(matchPage({ stale: asked++ < 2 }))));
    const { user, store } = open("/resume");
    const steps = stepsOf(store);
    await user.upload(await screen.findByLabelText("Resume file"), file);
    expect(await screen.findByRole("link", { name: "See your matches" })).toBeVisible();
    expect(steps).toEqual(["requested", "uploading", "extracting", "reading", "ranking", "done"]);
    expect(sent).toHaveBeenCalledWith([
      ["key", "uploads/1"],
      ["policy", "p"],
      ["file", "%PDF-1.7 words"],
    ]);
  });

  it("may be dropped", async () => {
    const sent = storage();
    follows({ status: "read" });
    open("/resume");
    fireEvent.drop(await screen.findByTestId("drop-zone"), { dataTransfer: { files: [file] } });
    expect(await screen.findByRole("link", { name: "See your matches" })).toBeVisible();
    expect(sent).toHaveBeenCalledOnce();
  });

  it("that is refused says why, and another one may follow", async () => {
    storage();
    follows({ status: "waiting" }, { status: "refused", refusal: { code: "encrypted", reason: "It has a password." } });
    const { user } = open("/resume");
    await user.upload(await screen.findByLabelText("Resume file"), file);
    expect(await screen.findByRole("alert")).toHaveTextContent("This resume was refused");
    expect(screen.getByRole("alert")).toHaveTextContent("It has a password.");
    await user.click(screen.getByRole("button", { name: "Try another file" }));
    expect(await screen.findByTestId("drop-zone")).toBeVisible();
  });

  it.each([
    ["empty", new File([], "ada.pdf"), /empty/],
    ["too large", Object.defineProperty(new File(["x"], "ada.pdf"), "size", { value: largest + 1 }), /larger than 10 MB/],
    ["a picture of another kind", new File(["x"], "ada.gif"), /PDF, DOCX, ODT, .* plain text/],
  ])("that is %s is not sent at all", async (_, wrong, words) => {
    open("/resume");
    fireEvent.drop(await screen.findByTestId("drop-zone"), { dataTransfer: { files: [wrong] } });
    expect(await screen.findByRole("alert")).toHaveTextContent(words);
  });

  it("that storage does not take says why", async () => {
    storage();
    server.use(
      http.post(bucket, () => new HttpResponse("<Error><Code>EntityTooLarge</Code></Error>", { status: 400 })),
    );
    const { user } = open("/resume");
    await user.upload(await screen.findByLabelText("Resume file"), file);
    expect(await screen.findByRole("alert")).toHaveTextContent("larger than 10 MB");
  });

  it("is followed through a busy service, and says when it takes long", async () => {
    pace.slow = 0;
    storage();
    let asked = 0;
    server.use(
      http.get("*/api/v1/resumes/:id", () => {
        asked += 1;
        if (asked === 1) return problem(503, "Busy", "Later.");
        return HttpResponse.json(resume({ status: asked < 30 ? "waiting" : "read" }));
      }),
    );
    const { user } = open("/resume");
    await user.upload(await screen.findByLabelText("Resume file"), file);
    expect(await screen.findByText(/longer than usual/)).toBeVisible();
    expect(await screen.findByRole("link", { name: "See your matches" })).toBeVisible();
  });

  it("goes on while the person reads other pages, and every page says so", async () => {
    storage();
    follows({ status: "waiting" });
    const { user } = open("/resume");
    await user.upload(await screen.findByLabelText("Resume file"), file);
    await screen.findByTestId("upload-progress");
    await user.click(screen.getAllByRole("link", { name: "Sources" })[0] as HTMLElement);
    expect(await screen.findByRole("link", { name: "Reading" })).toHaveAttribute("href", "/resume");
    follows({ status: "read" });
    await waitFor(() => expect(screen.queryByRole("link", { name: /Reading|Ranking/ })).toBeNull());
  });

  it("is no longer followed by somebody who signed out", async () => {
    storage();
    follows({ status: "waiting" });
    const { user, store } = open("/resume");
    await user.upload(await screen.findByLabelText("Resume file"), file);
    await screen.findByTestId("upload-progress");
    await user.click(screen.getByRole("button", { name: "Your account" }));
    await user.click(await screen.findByRole("menuitem", { name: "Sign out" }));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(store.getState().upload).toMatchObject({ step: null, failure: null });
  });
});

it("earlier resumes show which one is in use and why one was refused", async () => {
  server.use(
    answer("/resumes", {
      items: [
        resume({ id: "2", filename: "scan.pdf", status: "refused", refusal: { code: "no_text", reason: "Only a picture." } }),
        resume({ id: "1", filename: "ada.pdf", status: "read" }),
      ],
    }),
    answer("/profile", profile({ resume_ids: ["1"] })),
  );
  open("/resume");
  expect(await screen.findByText("Only a picture.")).toBeVisible();
  expect(screen.queryByTestId("scan-notice")).toBeNull();
  expect(await screen.findByText(/· in use/)).toHaveTextContent("2 kB");
});

it("a photo may be sent, and one that was read says how sure that is and what is missing", async () => {
  const read = { by: "tesseract" as const, confidence: 0.934, pages: 1, pages_read: 1 };
  server.use(
    answer("/resumes", {
      items: [
        resume({ id: "2", filename: "photo.jpg", status: "read", scan: read }),
        resume({ id: "1", filename: "scan.pdf", status: "read", scan: { ...read, pages: 12, pages_read: 10 } }),
      ],
    }),
  );
  open("/resume");
  const [photo, scan] = await screen.findAllByTestId("scan-notice");
  expect(photo).toHaveTextContent(/Read from a scan or photo, about 93 % sure.*check your profile\.$/);
  expect(scan).toHaveTextContent("Only 10 of 12 scanned pages could be read.");
  expect(screen.getByLabelText("Resume file")).toHaveAttribute("accept", expect.stringMatching(/\.png,\.jpg,\.jpeg,\.webp/));
});
