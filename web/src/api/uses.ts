// Where things are used: every reference the server finds in documents, readable both ways.
import { useMemo } from "react";
import { casePath } from "./caseLink.ts";
import { figuresPath } from "./figures.ts";
import { useCollections, useLive } from "./live.tsx";
import { useResource } from "./resource.ts";

/** A thing, or an item in it. */
export interface Place {
  subject: string;
  item?: string;
}

export type ThingKind = "search" | "task" | "grouping" | "entry" | "card" | "model";
export type Relation = "found" | "asked-by" | "groups" | "about" | "evidence";

/** Something that refers or is referred to; cases are known from the register. */
export interface Thing {
  place: Place;
  kind: ThingKind;
  title: string;
  /** A day, or nothing. */
  date: string;
  /** A task nobody has finished. */
  waits: boolean;
}

export interface Use {
  from: Place;
  to: Place;
  relation: Relation;
}

export interface Uses {
  things: Thing[];
  uses: Use[];
}

export const usesPath = (workshop: string) => `${figuresPath(workshop)}uses`;

const none: Uses = { things: [], uses: [] };

/** All references I may see; none until they are read. */
export function useUses(): Uses & { ready: boolean } {
  const { value } = useResource<Uses>(usesPath(useLive().id));
  return { ...(value ?? none), ready: value !== undefined };
}

/** One name for a place, to find it by. */
export const placeKey = ({ subject, item }: Place): string => (item === undefined ? subject : `${subject}/${item}`);

/** Things by the name of their place. */
export function thingsByPlace(things: readonly Thing[]): Map<string, Thing> {
  return new Map(things.map((thing) => [placeKey(thing.place), thing]));
}

/** What refers to a thing, each once. */
export function useUsesOf(place: Place): { thing: Thing; relation: Relation }[] {
  const { things, uses } = useUses();
  const wanted = placeKey(place);
  return useMemo(() => {
    const known = thingsByPlace(things);
    return uses.flatMap((use) => {
      const thing = placeKey(use.to) === wanted ? known.get(placeKey(use.from)) : undefined;
      return thing ? [{ thing, relation: use.relation }] : [];
    });
  }, [things, uses, wanted]);
}

/** The address of a thing, where the screen that shows it can be found. */
export function useThingPath(): (thing: { kind: ThingKind | "case"; place: Place }) => string {
  const { id } = useLive();
  const collections = useCollections().value?.collections;
  return ({ kind, place }) => {
    const at = place.item === undefined ? "" : `#${place.item}`;
    switch (kind) {
      case "case":
        return casePath(id, place.subject);
      case "search":
      case "task":
        return `/w/${id}/eksempler/sok${at}`;
      case "entry":
        return `/w/${id}/eksempler/dialog${at}`;
      case "model":
        return `/w/${id}/modeller/${place.subject}`;
      case "grouping":
        return `/w/${id}/eksempler/grupper`;
      case "card": {
        const collection = collections?.find((one) => one.board === place.subject);
        return collection ? `/w/${id}/innsamlinger/${collection.id}${at}` : `/w/${id}/innsamlinger`;
      }
    }
  };
}
