// Older cases lack what was added to cases later; the server adds it before anybody fills it.
import { useParams } from "react-router";
import { useLive } from "../api/live.tsx";
import { completeCases } from "../api/needs.ts";
import { wordsOf } from "../api/words.ts";
import { Problem } from "../api/request.ts";
import { useMessages } from "../messages/index.ts";
import { useCase, useEditor } from "./editor.ts";

/** Does something to a list of the case once the list is there. */
export function useLater(list: "needs" | "sources" | "references" | "eligibility"): (act: () => void) => void {
  const { m } = useMessages();
  const { id } = useLive();
  const { subject = "" } = useParams();
  const { replica, say } = useEditor();
  const isThere = useCase((doc) => doc[list] !== undefined);
  return (act) => {
    if (isThere) return act();
    const stop = replica.subscribeTo([list], () => {
      stop();
      act();
    });
    completeCases(id, [subject]).catch((error: unknown) => {
      stop();
      say(error instanceof Problem ? wordsOf(error, m) : m.problems.unexpected);
    });
  };
}
