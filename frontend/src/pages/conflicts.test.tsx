import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it, vi } from "vitest";
import type { Conflict } from "../api";
import { profile, resume } from "../test/data";
import { open } from "../test/render";
import { answer, server } from "../test/server";
import { deciding } from "./conflicts";

const name: Conflict = {
  id: "name-1",
  field: "name",
  index: null,
  part: null,
  called: null,
  used: { value: "Ada Martin", resume_ids: ["resume-1"] },
  others: [{ value: "Ada Martyn", resume_ids: ["resume-2"] }],
};
const end: Conflict = {
  id: "end-1",
  field: "work",
  index: 0,
  part: "end",
  called: "Engineer, Papermill",
  used: { value: "present", resume_ids: ["resume-1"] },
  others: [{ value: "2024-05", resume_ids: ["resume-2"] }],
};
const uploaded = [
  resume({ status: "read", filename: "new.pdf" }),
  resume({ id: "resume-2", status: "read", filename: "old.pdf" }),
];
const both = profile({ resume_ids: ["resume-1", "resume-2"], conflicts: [name, end] });

/** A profile of two resumes, and what is sent to one address. */
function keeping(path: string, data = both) {
  const sent = vi.fn();
  server.use(
    answer("/profile", data),
    answer("/resumes", { items: uploaded }),
    http.put(`*/api/v1${path}`, async ({ request }) => {
      sent(await request.json());
      return HttpResponse.json(data);
    }),
  );
  return sent;
}

describe("resumes that disagree", () => {
  it("show each value with its file, and the one that the person uses becomes a correction", async () => {
    const sent = keeping("/profile/corrections");
    const { user } = open("/profile");
    const card = await screen.findByRole("region", { name: "Your resumes disagree" });
    const names = within(card).getByRole("group", { name: "Name" });
    await waitFor(() => expect(names).toHaveTextContent("Ada Martyn old.pdf"));
    expect(names).toHaveTextContent("Ada Martin new.pdf · in use");
    await user.click(within(names).getByRole("button", { name: "Use this one: Ada Martyn" }));
    await waitFor(() => expect(sent).toHaveBeenLastCalledWith({ name: "Ada Martyn" }));
    const ends = within(card).getByRole("group", { name: "End · Engineer, Papermill" });
    expect(ends).toHaveTextContent("Goes on");
    await user.click(within(ends).getByRole("button", { name: /Use this one/ }));
    const left = { ...both.profile.work[0], end: "2024-05", current: false };
    await waitFor(() => expect(sent).toHaveBeenLastCalledWith({ work: [left] }));
  });

  it("are right as they are where the person says so", async () => {
    const sent = keeping("/profile/conflicts/end-1");
    const { user } = open("/profile");
    const ends = await screen.findByRole("group", { name: "End · Engineer, Papermill" });
    await user.click(within(ends).getByRole("button", { name: "Right as it is: Goes on" }));
    await waitFor(() => expect(sent).toHaveBeenLastCalledWith({ settled: true }));
    expect(screen.queryByRole("region", { name: "Differences that you settled" })).toBeNull();
  });

  it("are told in a line once they are settled, and are asked of again when the person wants it", async () => {
    const sent = keeping("/profile/conflicts/end-1", profile({ settled: [end] }));
    const { user } = open("/profile");
    const settled = await screen.findByRole("region", { name: "Differences that you settled" });
    expect(screen.queryByRole("region", { name: "Your resumes disagree" })).toBeNull();
    expect(settled).not.toHaveTextContent("Papermill");
    await user.click(within(settled).getByRole("button", { name: "Show" }));
    expect(settled).toHaveTextContent("End · Engineer, Papermill: Goes on not May 2024");
    await user.click(within(settled).getByRole("button", { name: /Ask me again/ }));
    await waitFor(() => expect(sent).toHaveBeenLastCalledWith({ settled: false }));
  });

  it("leave no card where they agree", async () => {
    keeping("/profile/corrections", profile());
    open("/profile");
    expect(await screen.findByRole("region", { name: "Skills" })).toBeVisible();
    expect(screen.queryByRole("region", { name: "Your resumes disagree" })).toBeNull();
  });

  it("keep what was corrected before, as corrections say it", () => {
    const data = profile({ corrections: ["skills", "links", "languages"].map((field) => ({ field, read: null })) });
    const level: Conflict = { ...end, field: "languages", part: "level" };
    expect(deciding(data, level, "c1")).toEqual({
      skills: ["Python"],
      links: [{ url: "https://github.com/example" }],
      languages: [{ language: "German", fluency: null, level: "c1" }],
    });
    expect(deciding(data, end, "present").work?.[0]).toMatchObject({ end: null, current: true });
  });
});

describe("uploaded resumes", () => {
  it("are added to the newest, and say that it alone is in use", async () => {
    const sent = keeping("/profile/resumes", profile());
    const { user } = open("/resume");
    await user.click(await screen.findByRole("button", { name: "Use together with the newest: old.pdf" }));
    await waitFor(() => expect(sent).toHaveBeenLastCalledWith({ resume_ids: ["resume-1", "resume-2"] }));
    await user.click(screen.getByRole("button", { name: "Use alone: old.pdf" }));
    await waitFor(() => expect(sent).toHaveBeenLastCalledWith({ resume_ids: ["resume-2"] }));
    expect(screen.queryByRole("button", { name: "Use alone: new.pdf" })).toBeNull();
  });

  it("tell their order where several are in use, and change it", async () => {
    const sent = keeping("/profile/resumes");
    const { user } = open("/resume");
    expect(await screen.findByText(/in use, number 1 of 2/)).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Put first: old.pdf" }));
    await waitFor(() => expect(sent).toHaveBeenLastCalledWith({ resume_ids: ["resume-2", "resume-1"] }));
  });
});
