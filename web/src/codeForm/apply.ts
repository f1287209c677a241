// Taking in what a code form says: ordinary edits of mine, case by case, each one step to undo.
import type { CaseDocument } from "../api/caseDocument.ts";
import type { FormChange, Said } from "../api/codeForms.ts";
import { saidBy, sayingEdit, settled } from "../fields/saying.ts";
import type { Characteristic } from "../generated/domain.ts";
import { type Edit, together } from "../sync/index.ts";
import type { Replica, WorkshopSync } from "../sync/types.ts";
import { byCase } from "./group.ts";

export interface Taken {
  /** Codings that were changed. */
  changed: number;
  /** Cases, and so steps to undo. */
  cases: number;
  /** Codings that a colleague changed while I looked, or that I may not change: left as they are. */
  left: number;
}

/** Makes the changes; the connection need not be there. */
export async function takeIn(
  sync: WorkshopSync,
  changes: readonly FormChange[],
  characteristics: ReadonlyMap<string, Characteristic>,
  me: string,
): Promise<Taken> {
  const taken: Taken = { changed: 0, cases: 0, left: 0 };
  for (const [subject, places] of byCase(changes)) {
    const replica = sync.open<CaseDocument>(subject);
    try {
      await settled(replica);
      const edits = places.map((place) => {
        const change = changes[place]!;
        return editOf(replica, change, characteristics.get(change.characteristic), me);
      });
      const made = edits.filter((edit) => edit !== undefined);
      if (made.length) replica.edit(together(...made));
      taken.changed += made.length;
      taken.cases += made.length ? 1 : 0;
      taken.left += edits.length - made.length;
    } finally {
      replica.close();
    }
  }
  return taken;
}

function editOf(
  replica: Replica<CaseDocument>,
  change: FormChange,
  characteristic: Characteristic | undefined,
  me: string,
): Edit | undefined {
  if (!characteristic || !replica.may.has("write") || replica.state !== "ready") return undefined;
  const coding = replica.doc?.codings?.[characteristic.key];
  if (!isSame(saidBy(coding, characteristic), change.now)) return undefined;
  return sayingEdit(characteristic, coding, change.new, me);
}

function isSame(a: Said, b: Said): boolean {
  const values = (said: Said) => [...said.values].sort().join();
  return a.state === b.state && values(a) === values(b) && a.number === b.number && a.text === b.text;
}
