// Every address of the web client. Screens are fetched when they are first opened; those of a workshop
// soon after it is, so that all of them are there when the network is not.
import { createBrowserRouter, type RouteObject } from "react-router";
import { keepForOffline } from "./worker.ts";
import { Crash, CrashInside, Unreachable } from "../design/Problems.tsx";

type Screen = () => Promise<React.ComponentType>;

const inWorkshop: Record<string, Screen> = {
  "": async () => (await import("../overview/OverviewPage.tsx")).OverviewPage,
  eksempler: async () => (await import("../cases/CasesPage.tsx")).CasesPage,
  "eksempler/variasjon": async () => (await import("../variation/VariationPage.tsx")).VariationPage,
  "eksempler/variasjon/dekning": async () => (await import("../variation/CoveragePage.tsx")).CoveragePage,
  "eksempler/grupper": async () => (await import("../grouping/GroupingPage.tsx")).GroupingPage,
  "eksempler/virksomheter": async () => (await import("../organisations/OrganisationsPage.tsx")).OrganisationsPage,
  "eksempler/aktorkart": async () => (await import("../actorMap/ActorMapPage.tsx")).ActorMapPage,
  "eksempler/sok": async () => (await import("../searches/SearchesPage.tsx")).SearchesPage,
  "eksempler/dialog": async () => (await import("../dialogue/DialoguePage.tsx")).DialoguePage,
  modeller: async () => (await import("../models/ModelsPage.tsx")).ModelsPage,
  "modeller/ny": async () => (await import("../models/NewModelPage.tsx")).NewModelPage,
  "modeller/sammenlign": async () => (await import("../models/ComparePage.tsx")).ComparePage,
  "modeller/utfordringer": async () => (await import("../models/ChallengesPage.tsx")).ChallengesPage,
  "modeller/sannhetstabell": async () => (await import("../truthTable/TruthTablePage.tsx")).TruthTablePage,
  "modeller/balanse": async () => (await import("../balance/BalancesPage.tsx")).BalancesPage,
  "modeller/felles-forutsetninger": async () => (await import("../balance/CommonPage.tsx")).CommonPage,
  "modeller/:subject/:view?": async () => (await import("../model/ModelRoute.tsx")).ModelRoute,
  sammenhenger: async () => (await import("../uses/UsesPage.tsx")).UsesPage,
  leveranseplan: async () => (await import("../plan/PlanPage.tsx")).PlanPage,
  "eksempler/utvalg": async () => (await import("../selection/SelectionPage.tsx")).SelectionPage,
  "eksempler/kodeskjema": async () => (await import("../codeForm/CodeFormPage.tsx")).CodeFormPage,
  "eksempler/mangler": async () => (await import("../missing/MissingPage.tsx")).MissingPage,
  "eksempler/kjennetegn": async () => (await import("../characteristics/CharacteristicsPage.tsx")).CharacteristicsPage,
  "eksempler/kjennetegn/:characteristic/:value": async () => (await import("../characteristics/SpreadPage.tsx")).SpreadPage,
  "eksempler/:subject/sla-sammen": async () => (await import("../merge/MergePage.tsx")).MergePage,
  "eksempler/:subject": async () => (await import("../case/CaseRoute.tsx")).CaseRoute,
  innsamlinger: async () => (await import("../collections/CollectionsPage.tsx")).CollectionsPage,
  "innsamlinger/:collection": async () => (await import("../collections/CollectionRoute.tsx")).CollectionRoute,
  folk: async () => (await import("../people/PeoplePage.tsx")).PeoplePage,
  "folk/dor": async () => (await import("../people/DoorPage.tsx")).DoorPage,
  kopier: async () => (await import("../copies/CopiesPage.tsx")).CopiesPage,
  "hent-inn": async () => (await import("../intake/IntakePage.tsx")).IntakePage,
};

const outside: Record<string, Screen> = {
  "/": async () => (await import("../join/HomePage.tsx")).HomePage,
  "/bli-med": async () => (await import("../join/JoinPage.tsx")).JoinPage,
  "/venter/:workshop": async () => (await import("../join/WaitPage.tsx")).WaitPage,
  "/kom-tilbake": async () => (await import("../join/LinkBackPage.tsx")).LinkBackPage,
  "/personvern": async () => (await import("../join/PrivacyPage.tsx")).PrivacyPage,
  "/logg-inn": async () => (await import("../account/SignInPage.tsx")).SignInPage,
  "/innlogging": async () => (await import("../account/AccountPage.tsx")).AccountPage,
  "/drift": async () => (await import("../admin/AdminPage.tsx")).AdminPage,
  "/eier": async () => (await import("../join/OwnerPage.tsx")).OwnerPage,
  "*": async () => (await import("../design/Problems.tsx")).UnknownPage,
};

const frame: Screen = async () => {
  setTimeout(fetchScreens, FETCH_AFTER_MS);
  return (await import("../frame/WorkshopFrame.tsx")).WorkshopFrame;
};

export const router = createBrowserRouter([
  ...Object.entries(outside).map(([path, screen]) => routeOf(path, screen, Crash)),
  { ...routeOf("/w/:workshop", frame, Crash), children: workshopRoutes() },
]);

/** Long enough that the first screen comes first. */
const FETCH_AFTER_MS = 3_000;

/** A screen that cannot be fetched is fetched again when it is opened. */
function fetchScreens(): void {
  for (const screen of Object.values(inWorkshop)) screen().catch(() => undefined);
  void keepForOffline();
}

function workshopRoutes(): RouteObject[] {
  return Object.entries(inWorkshop).map(([path, screen]) => {
    const route = routeOf(path, screen, CrashInside);
    return path === "" ? { ...route, index: true } : route;
  });
}

function routeOf(path: string, screen: Screen, ErrorBoundary: React.ComponentType) {
  return {
    ...(path === "" ? {} : { path }),
    lazy: async () => ({ Component: await screen().catch(() => Unreachable) }),
    ErrorBoundary,
    HydrateFallback: Blank,
  };
}

/** Nothing for the moment it takes to fetch a screen: a flash of skeleton would only disturb. */
function Blank() {
  return null;
}
