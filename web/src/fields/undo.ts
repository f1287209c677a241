// Ctrl Z takes back this tab's own edits, also in text, and never a colleague's.
import { useEffect } from "react";
import { useMessages } from "../messages/index.ts";
import { useWorkshop } from "../sync/react.ts";

export function useUndoKeys(say: (text: string) => void): void {
  const { m } = useMessages();
  const { history } = useWorkshop();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // A text field has taken the key already, for the same history.
      if (event.defaultPrevented || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      const redo = key === "y" || (key === "z" && event.shiftKey);
      if (!redo && key !== "z") return;
      event.preventDefault();
      const done = redo ? history.redo() : history.undo();
      say(done ? (redo ? m.case.redone : m.case.undone) : m.case.nothingToUndo);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [history, say, m]);
}
