// Makes a passage evidence, and says so.
import { useRowsBySubject } from "../../api/live.tsx";
import { useFields } from "../../fields/editor.ts";
import type { EvidenceRelation } from "../../generated/domain.ts";
import { useMessages } from "../../messages/index.ts";
import { useLink } from "../useLink.ts";
import type { Passage } from "./passage.ts";

export function useTake(): (passage: Passage, about: string, relation?: EvidenceRelation) => void {
  const { m } = useMessages();
  const { say } = useFields();
  const rows = useRowsBySubject();
  const link = useLink();
  return (passage, about, relation = "supports") => {
    link({ ...passage, about, relation });
    say(m.model.linkedNow(rows.get(passage.case)?.code ?? m.model.caseGone));
  };
}
