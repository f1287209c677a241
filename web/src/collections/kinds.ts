// What can be collected, each with its mark.
import { NotePencilIcon, StarIcon, TasklistIcon, ThumbUpIcon } from "@navikt/aksel-icons";
import type { Ask } from "../api/collections.ts";

export const KIND_ICONS = { notes: NotePencilIcon, votes: ThumbUpIcon, ratings: StarIcon, codings: TasklistIcon } satisfies Record<
  Ask["kind"],
  unknown
>;
export const KINDS: Ask["kind"][] = ["notes", "votes", "ratings", "codings"];
