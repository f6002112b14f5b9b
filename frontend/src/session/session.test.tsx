import { screen, waitFor } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it, vi } from "vitest";
import { token } from "../test/data";
import { open } from "../test/render";
import { problem, server } from "../test/server";

const email = () => screen.findByLabelText("E-mail");
const password = () => screen.getByLabelText("Password", { selector: "input" });

describe("signing in", () => {
  it("leads back to the page that was asked for", async () => {
    const { user, address } = open("/search?q=python", { signedIn: false });
    await user.type(await email(), "ada@example.com");
    await user.type(password(), "a good password");
    await user.click(screen.getByRole("button", { name: "Sign in" }));
    expect(await screen.findByRole("heading", { name: "Search postings" })).toBeVisible();
    expect(address()).toBe("/search?q=python");
  });

  it("says in words that the password is wrong", async () => {
    server.use(http.post("*/api/v1/sessions", () => problem(401, "Wrong e-mail or password", "No account has both.")));
    const { user } = open("/", { signedIn: false });
    await user.type(await email(), "ada@example.com");
    await user.type(password(), "a bad password");
    await user.click(screen.getByRole("button", { name: "Sign in" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("Wrong e-mail or password");
    expect(screen.queryByText(/session has ended/)).toBeNull();
  });

  it("says so when the service cannot be reached", async () => {
    server.use(http.post("*/api/v1/sessions", () => HttpResponse.error()));
    const { user } = open("/", { signedIn: false });
    await user.type(await email(), "ada@example.com");
    await user.type(password(), "a good password");
    await user.click(screen.getByRole("button", { name: "Sign in" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("cannot be reached");
  });

  it("offers the demo account where this machine has one", async () => {
    const login = { email: "demo@example.com", password: "demo-on-this-machine" };
    const sent = vi.fn();
    server.use(
      http.get("*/local.json", () => HttpResponse.json({ demo: login })),
      http.post("*/api/v1/sessions", async ({ request }) => {
        sent(await request.json());
        return HttpResponse.json(token);
      }),
    );
    const { user } = open("/", { signedIn: false });
    await user.click(await screen.findByRole("button", { name: /demo account/ }));
    expect(await screen.findByRole("heading", { name: "Your matches" })).toBeVisible();
    expect(sent).toHaveBeenCalledWith(login);
  });

  it("offers no demo account where a website answers every path with its page", async () => {
    server.use(http.get("*/local.json", () => HttpResponse.html("<!doctype html>")));
    open("/", { signedIn: false });
    await email();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(screen.queryByRole("button", { name: /demo account/ })).toBeNull();
  });
});

describe("a new account", () => {
  it("is made and signed in at once, and shows what was refused beside its field", async () => {
    const errors = [{ field: "body.email", code: "value_error", message: "This is no e-mail address." }];
    server.use(
      http.post("*/api/v1/accounts", () => problem(422, "Not valid", "Some fields are refused.", { errors }), {
        once: true,
      }),
    );
    const { user } = open("/", { signedIn: false });
    await user.click(await screen.findByRole("button", { name: "Create an account" }));
    await user.type(await email(), "ada@example");
    await user.type(password(), "short");
    expect(screen.getByText("Too short yet")).toBeVisible();
    await user.type(password(), " no longer");
    await user.click(screen.getByRole("button", { name: "Create account" }));
    expect(await screen.findByText("This is no e-mail address.")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Create account" }));
    expect(await screen.findByRole("heading", { name: "Your matches" })).toBeVisible();
  });
});

describe("a session", () => {
  it("that the API no longer accepts leads back to the sign-in, and says why", async () => {
    server.use(http.get("*/api/v1/sources", () => problem(401, "Sign-in needed again", "Expired.")));
    const { store } = open("/sources");
    expect(await screen.findByText(/session has ended/)).toBeVisible();
    expect(store.getState().session.token).toBeNull();
    expect(sessionStorage.length).toBe(0);
  });

  it("survives a reload of its tab, until it has expired", async () => {
    open("/sources");
    await screen.findByRole("heading", { name: "Sources" });
    const { store } = open("/sources", { signedIn: false });
    expect(store.getState().session.token).toBe("token-1");
    const kept = JSON.parse(sessionStorage.getItem("jobtracker.session") ?? "{}") as object;
    sessionStorage.setItem("jobtracker.session", JSON.stringify({ ...kept, expiresAt: Date.now() - 1 }));
    expect(open("/sources", { signedIn: false }).store.getState().session.token).toBeNull();
  });

  it("ends by itself when its time is over", async () => {
    const { store } = open("/sources");
    await screen.findByRole("heading", { name: "Sources" });
    const { sessionBegun } = await import("./slice");
    const person = { id: "person-1", email: "ada@example.com", name: null };
    store.dispatch(sessionBegun({ token: "token-2", expiresAt: Date.now() + 80, person }));
    expect(await screen.findByText(/session has ended/)).toBeVisible();
  });

  it("ended by the person leaves nothing behind", async () => {
    const { user, store } = open("/profile");
    await screen.findByText("Ada Martin");
    await user.click(screen.getByRole("button", { name: "Your account" }));
    await user.click(await screen.findByRole("menuitem", { name: "Sign out" }));
    expect(await email()).toBeVisible();
    await waitFor(() => expect(JSON.stringify(store.getState().api)).not.toContain("Ada Martin"));
    expect(sessionStorage.length).toBe(0);
  });
});
