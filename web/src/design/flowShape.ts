// Which shape a way between two phases has in a picture where the phases stand in a row.
import type { TransitionKind } from "../generated/domain.ts";

export type WayShape = "on" | "end" | "repeat" | "scale" | "arc";

/** `to` is `undefined` where it ends; what only goes on to the next lies on the line itself, and no other phase does. */
export function inReading(kind: TransitionKind | "", from: number, to: number | undefined): WayShape {
  if (to === undefined) return "end";
  if (kind === "repeat" || from === to) return "repeat";
  if (to !== from + 1) return "arc";
  return kind === "scale" ? "scale" : kind === "forward" ? "on" : "arc";
}
