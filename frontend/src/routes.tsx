import { Center, Loader } from "@mantine/core";
import type { ReactElement } from "react";
import type { RouteObject } from "react-router";
import { ErrorPage } from "./components/ErrorPage";
import { Shell } from "./layout/Shell";
import { SignedIn } from "./session/SignedIn";

function Starting(): ReactElement {
  return (
    <Center mih="60vh">
      <Loader aria-label="Loading" />
    </Center>
  );
}

/** Each page is a file of its own, loaded when it is first opened. */
export const routes: RouteObject[] = [
  {
    errorElement: <ErrorPage />,
    hydrateFallbackElement: <Starting />,
    children: [
      { path: "/sign-in", lazy: async () => ({ Component: (await import("./pages/SignIn")).SignIn }) },
      {
        element: (
          <SignedIn>
            <Shell />
          </SignedIn>
        ),
        children: [
          {
            errorElement: <ErrorPage />,
            children: [
              { index: true, lazy: async () => ({ Component: (await import("./pages/Dashboard")).Dashboard }) },
              { path: "/search", lazy: async () => ({ Component: (await import("./pages/search/Search")).Search }) },
              {
                path: "/postings/:postingId",
                lazy: async () => ({ Component: (await import("./pages/posting/PostingPage")).PostingPage }),
              },
              { path: "/resume", lazy: async () => ({ Component: (await import("./pages/ResumePage")).ResumePage }) },
              {
                path: "/resume/:resumeId",
                lazy: async () => ({ Component: (await import("./pages/document/DocumentPage")).DocumentPage }),
              },
              {
                path: "/profile",
                lazy: async () => ({ Component: (await import("./pages/ProfilePage")).ProfilePage }),
              },
              { path: "/add", lazy: async () => ({ Component: (await import("./pages/add/AddPage")).AddPage }) },
              {
                path: "/sources",
                lazy: async () => ({ Component: (await import("./pages/sources/SourcesPage")).SourcesPage }),
                children: [
                  {
                    index: true,
                    lazy: async () => ({ Component: (await import("./pages/sources/AllSources")).AllSources }),
                  },
                  {
                    path: "companies",
                    lazy: async () => ({ Component: (await import("./pages/sources/Companies")).Companies }),
                  },
                  {
                    path: "own",
                    lazy: async () => ({ Component: (await import("./pages/sources/OwnSources")).OwnSources }),
                  },
                ],
              },
              { path: "*", lazy: async () => ({ Component: (await import("./pages/NotFound")).NotFound }) },
            ],
          },
        ],
      },
    ],
  },
];
