// Every address of the web client. Screens are fetched when they are first opened.
import { createBrowserRouter, type RouteObject } from "react-router";
import { Crash, CrashInside } from "../design/Problems.tsx";

const screens: RouteObject[] = [
  { path: "/", lazy: async () => ({ Component: (await import("../join/HomePage.tsx")).HomePage }) },
  { path: "/bli-med", lazy: async () => ({ Component: (await import("../join/JoinPage.tsx")).JoinPage }) },
  { path: "/eier", lazy: async () => ({ Component: (await import("../join/OwnerPage.tsx")).OwnerPage }) },
  {
    path: "/w/:workshop",
    lazy: async () => ({ Component: (await import("../frame/WorkshopFrame.tsx")).WorkshopFrame }),
    children: [
      {
        index: true,
        lazy: async () => ({ Component: (await import("../overview/OverviewPage.tsx")).OverviewPage }),
      },
      {
        path: "eksempler",
        lazy: async () => ({ Component: (await import("../cases/CasesPage.tsx")).CasesPage }),
      },
      {
        path: "eksempler/:subject",
        lazy: async () => ({ Component: (await import("../case/CasePage.tsx")).CasePage }),
      },
      {
        path: "folk",
        lazy: async () => ({ Component: (await import("../people/PeoplePage.tsx")).PeoplePage }),
      },
      {
        path: "kopier",
        lazy: async () => ({ Component: (await import("../copies/CopiesPage.tsx")).CopiesPage }),
      },
      {
        path: "hent-inn",
        lazy: async () => ({ Component: (await import("../intake/IntakePage.tsx")).IntakePage }),
      },
    ].map((route) => ({ ...route, ErrorBoundary: CrashInside }) as RouteObject),
  },
  { path: "*", lazy: async () => ({ Component: (await import("../design/Problems.tsx")).UnknownPage }) },
];

export const router = createBrowserRouter(
  screens.map((route) => ({ ...route, ErrorBoundary: Crash, HydrateFallback: Blank }) as RouteObject),
);

/** Nothing for the moment it takes to fetch a screen: a flash of skeleton would only disturb. */
function Blank() {
  return null;
}
