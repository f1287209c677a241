// Makes a case, a passage of it or what somebody said evidence of a part of the model.
import { lastOrder } from "../api/caseDocument.ts";
import { useLive } from "../api/live.tsx";
import type { ModelDocument } from "../api/modelDocument.ts";
import { useFields } from "../fields/editor.ts";
import type { EvidenceRelation } from "../generated/domain.ts";
import { addItem, choice, freshId, orderBetween } from "../sync/index.ts";

export interface NewEvidence {
  /** A statement, or nothing for the model as a whole. */
  about: string;
  /** One of them. */
  case?: string;
  entry?: string;
  field?: string;
  relation?: EvidenceRelation;
  shows?: string;
  quote?: string;
}

/** It is an anecdote until somebody says that it carries more. */
export function useLink(): (evidence: NewEvidence) => void {
  const { me } = useLive();
  const { replica } = useFields();
  return ({ about, case: subject = "", entry = "", field = "", relation = "supports", shows = "", quote = "" }) =>
    void replica.edit(
      addItem(["evidence"], freshId(), {
        about: choice(about),
        case: choice(subject),
        entry: choice(entry),
        field: choice(field),
        relation: choice(relation),
        strength: choice("anecdote"),
        shows,
        quote,
        by: choice(me.id),
        order: choice(orderBetween(lastOrder((replica.doc as ModelDocument | undefined)?.evidence), null)),
      }),
    );
}
