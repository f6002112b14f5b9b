import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it, vi } from "vitest";
import type { Profile } from "../../api";
import { profile } from "../../test/data";
import { open } from "../../test/render";
import { answer, problem, server } from "../../test/server";
import { correctionsOf, draftOf, faultsOf, moved } from "./draft";
import { partialDate } from "./kinds";

const { profile: fields, ...rest } = profile();
const papermill = fields.work[0]!;
const quay = { ...papermill, company: "Quay", title: "Clerk", start: "2019", end: "2020", current: false, bullets: [] };
const two = { ...rest, profile: { ...fields, work: [papermill, quay] } };

function sending(shown: Profile) {
  const sent = vi.fn();
  server.use(
    answer("/profile", shown),
    http.put("*/api/v1/profile/corrections", async ({ request }) => {
      sent(await request.json());
      return HttpResponse.json(shown);
    }),
  );
  return sent;
}

async function opened() {
  const { user } = open("/profile");
  await user.click(await screen.findByRole("button", { name: "Correct it" }));
  const form = await screen.findByRole("form", { name: "Correct your profile" });
  const list = (name: string) => within(within(form).getByRole("group", { name }));
  const save = () => user.click(within(form).getByRole("button", { name: "Save" }));
  return { user, form, list, save };
}

describe("a list of the profile", () => {
  it("is moved by the keyboard, which stays with the entry, and is sent whole", async () => {
    const sent = sending(two);
    const { user, list, save } = await opened();
    const up = list("Work").getByRole("button", { name: "Move Clerk, Quay up" });
    expect(list("Work").getByRole("button", { name: "Move Engineer, Papermill up" })).toBeDisabled();
    up.focus();
    await user.keyboard("{Enter}");
    expect(list("Work").getByRole("status")).toHaveTextContent("Clerk, Quay is now number 1 of 2");
    expect(list("Work").getByRole("button", { name: "Move Clerk, Quay down" })).toHaveFocus();
    await save();
    await waitFor(() => expect(sent).toHaveBeenCalledOnce());
    expect(sent).toHaveBeenCalledWith({ work: [quay, papermill] });
  });

  it("takes a deletion back, and leaves out what stays deleted", async () => {
    const sent = sending(two);
    const { user, list, save } = await opened();
    await user.click(list("Work").getByRole("button", { name: "Delete Engineer, Papermill" }));
    const undo = list("Work").getByRole("button", { name: "Undo deleting Engineer, Papermill" });
    expect(undo).toHaveFocus();
    await user.click(undo);
    await user.click(list("Work").getByRole("button", { name: "Delete Clerk, Quay" }));
    await user.click(list("Awards").getByRole("button", { name: "Delete Best Thesis, River Society" }));
    await save();
    await waitFor(() => expect(sent).toHaveBeenCalledWith({ work: [papermill], awards: [] }));
  });

  it("is edited in place and added to", async () => {
    const sent = sending(two);
    const { user, list, save } = await opened();
    await user.click(list("Work").getByRole("button", { name: /^Engineer, Papermill/ }));
    expect(list("Work").getByLabelText("Until")).toBeDisabled();
    await user.type(list("Work").getByLabelText("What you did, a line for each"), "{Enter}Ran it.");
    await user.click(list("Languages").getByRole("button", { name: "Add a language" }));
    expect(list("Languages").getByLabelText("Language")).toHaveFocus();
    await user.keyboard("Frisian");
    await user.click(list("Education").getByRole("button", { name: /^MSc/ }));
    await user.clear(list("Education").getByLabelText("From"));
    await user.type(list("Education").getByLabelText("From"), "9/2015");
    await save();
    await waitFor(() => expect(sent).toHaveBeenCalledOnce());
    expect(sent).toHaveBeenCalledWith({
      work: [{ ...papermill, bullets: ["Built the billing API.", "Ran it."] }, quay],
      languages: [
        { language: "German", fluency: "Muttersprache", level: "native" },
        { language: "Frisian", fluency: null, level: null },
      ],
      education: [{ ...fields.education[0], start: "2015-09" }],
    });
  });

  it("says what is wrong where it is, and stays with an entry that moves", async () => {
    sending(two);
    const errors = [
      { field: "body.work.1.end", code: "value_error", message: "the end lies before the start" },
      { field: "body.awards.0", code: "value_error", message: "an award needs a title" },
    ];
    server.use(http.put("*/api/v1/profile/corrections", () => problem(422, "Invalid request", "Some fields are not valid.", { errors })));
    const { user, list, save } = await opened();
    await save();
    const until = await list("Work").findByLabelText("Until");
    expect(until).toHaveAccessibleDescription("The end lies before the start");
    expect(until).toHaveFocus();
    expect(list("Awards").getByRole("alert")).toHaveTextContent("An award needs a title");
    await user.click(list("Work").getByRole("button", { name: "Move Clerk, Quay up" }));
    expect(list("Work").getByLabelText("Until")).toHaveValue("2020");
  });

  it("that was corrected says what the resume says, and may be as it was read again", async () => {
    const sent = sending({ ...two, corrections: [{ field: "work", read: "Engineer, Papermill" }] });
    const { user, list, save } = await opened();
    expect(list("Work").getByText(/Your resume says “Engineer, Papermill”/)).toBeVisible();
    await user.click(list("Work").getByRole("button", { name: "Use that" }));
    expect(list("Work").queryByRole("button", { name: /^Clerk/ })).toBeNull();
    await user.click(list("Work").getByRole("button", { name: "Keep my correction" }));
    expect(list("Work").getByRole("button", { name: /^Clerk/ })).toBeVisible();
    await user.click(list("Work").getByRole("button", { name: "Use that" }));
    await save();
    await waitFor(() => expect(sent).toHaveBeenCalledWith({}));
  });
});

describe("the draft", () => {
  it("says nothing of what was not changed", () => {
    expect(correctionsOf(two, draftOf(two), [])).toEqual({});
  });

  it("moves an entry over deleted ones, and not beyond the ends", () => {
    const rows = [0, 1, 2].map((id) => ({ id, value: {}, deleted: id === 1 }));
    expect(moved(rows, 2, -1).map(({ id }) => id)).toEqual([2, 0, 1]);
    expect(moved(rows, 0, 1).map(({ id }) => id)).toEqual([1, 2, 0]);
    expect(moved(rows, 0, -1)).toBe(rows);
  });

  it("finds the row that a fault is about among those that were sent", () => {
    const draft = draftOf(two);
    draft.work[0]!.deleted = true;
    expect(faultsOf({ "work.0.bullets.2": "too long", name: "empty", "work.9": "x" }, draft)).toEqual({ work: { 1: { "bullets.2": "too long" } } });
  });

  it("reads dates as people write them", () => {
    expect(["3/2021", "03.2021", "2021-3", "2021", "2021-03", "March"].map(partialDate)).toEqual(["2021-03", "2021-03", "2021-03", "2021", "2021-03", "March"]);
  });
});
