import "@fontsource-variable/inter/wght.css";
import "@mantine/core/styles.css";
import "./global.css";
import { MantineProvider } from "@mantine/core";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Provider } from "react-redux";
import { createBrowserRouter, RouterProvider } from "react-router";
import { takeFromAddress } from "./captured";
import { routes } from "./routes";
import { makeStore } from "./store";
import { theme } from "./theme";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no element with the id root");

// Before the sign-in, which may come first and knows nothing of it.
takeFromAddress();

const router = createBrowserRouter(routes);

createRoot(root).render(
  <StrictMode>
    <Provider store={makeStore()}>
      <MantineProvider theme={theme} defaultColorScheme="auto">
        <RouterProvider router={router} />
      </MantineProvider>
    </Provider>
  </StrictMode>,
);
