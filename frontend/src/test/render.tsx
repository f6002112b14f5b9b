import { MantineProvider } from "@mantine/core";
import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Provider } from "react-redux";
import { createMemoryRouter, RouterProvider } from "react-router";
import { routes } from "../routes";
import { sessionBegun } from "../session/slice";
import { makeStore } from "../store";
import { theme } from "../theme";
import { token } from "./data";

/** The whole program at an address, signed in unless told otherwise. */
export function open(path: string, { signedIn = true }: { signedIn?: boolean } = {}) {
  const store = makeStore();
  if (signedIn) {
    const { id, email, name } = token.person;
    const person = { id, email, name };
    store.dispatch(sessionBegun({ token: token.access_token, expiresAt: Date.now() + 1_800_000, person }));
  }
  const router = createMemoryRouter(routes, { initialEntries: [path] });
  const user = userEvent.setup();
  render(
    <Provider store={store}>
      <MantineProvider theme={theme} env="test">
        <RouterProvider router={router} />
      </MantineProvider>
    </Provider>,
  );
  const address = () => router.state.location.pathname + router.state.location.search;
  return { store, user, router, address };
}
