// The codings of the case, in the coding form.
import { useMemo } from "react";
import { useNavigate, useParams } from "react-router";
import { casePath } from "../api/caseLink.ts";
import { useLive } from "../api/live.tsx";
import { Coding } from "../coding/Coding.tsx";
import { Gone } from "../coding/Gone.tsx";
import { CodingContext } from "../coding/editor.ts";
import { useMessages } from "../messages/index.ts";
import { useEditor } from "./editor.ts";
import { useNeighbours } from "./neighbours.ts";

const AT = ["codings"];

export function CaseCoding() {
  const { m } = useMessages();
  const { id } = useLive();
  const editor = useEditor();
  const { subject = "" } = useParams();
  const navigate = useNavigate();
  const neighbours = useNeighbours(subject);
  const [before, after] = [neighbours?.before, neighbours?.after];
  const form = useMemo(() => {
    const toCase = (which: "before" | "after") => {
      const to = which === "before" ? before : after;
      if (to) void navigate(casePath(id, to), { state: { keepsFocus: true } });
      else editor.say(m.case.noMoreCases);
    };
    return { ...editor, at: AT, toCase };
  }, [editor, before, after, id, navigate, m]);
  return (
    <CodingContext value={form}>
      <Coding />
      <Gone />
    </CodingContext>
  );
}
