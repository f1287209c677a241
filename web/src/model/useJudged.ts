// What is known of the model of this page that its document does not say: its balance, its claims, its assessments.
import { useParams } from "react-router";
import { useBalance, useClaims } from "../api/balance.ts";
import { type Collection, roundsOf } from "../api/collections.ts";
import { useCollections, useLive } from "../api/live.tsx";
import type { Judged } from "../api/modelGates.ts";

export function useJudged(): Judged {
  const { subject = "" } = useParams();
  const { id } = useLive();
  const assessments = useAssessments();
  return {
    balance: useBalance(id, subject).value?.models[0],
    claims: useClaims(id, subject).value?.models[0],
    assessed: assessments?.flatMap((one) => one.answered ?? []),
  };
}

/** The assessments of the model that are revealed, the newest first; nothing until they are read. */
export function useAssessments(): Collection[] | undefined {
  const { subject = "" } = useParams();
  const { value } = useCollections();
  return value && roundsOf(value.collections, subject, "assessment").filter(({ state }) => state === "revealed");
}
