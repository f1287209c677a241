// Information needs: blanks become tasks, and tasks a plan.
import type { Way } from "../generated/domain.ts";
import { API, idempotencyKey, request } from "./request.ts";

/** Who is to find something out, how and by when. */
export interface Errand {
  way: Way;
  responsible: string;
  due: string;
}

interface Asked extends Partial<Errand> {
  /** All that are selected, where none are named. */
  cases?: string[];
  /** The fields alone that are asked about. */
  about?: string[];
}

/** Makes a need of each blank that no need waits for. */
export const addNeeds = (workshop: string, asked: Asked, key = idempotencyKey()) =>
  request<{ needs: number; cases: number }>(`/workshops/${workshop}/needs`, {
    method: "POST",
    json: asked,
    headers: { "Idempotency-Key": key },
  });

/** Where the plan is, as a file for a spreadsheet. */
export const planAddress = (workshop: string) => `${API}/workshops/${workshop}/needs/plan`;
