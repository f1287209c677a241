// A text field that several people write in at once. The sync layer binds it; this is its label and frame.
import { useEffect, useId, useRef, useState } from "react";
import { plain } from "../api/caseDocument.ts";
import { bindText, type Path, valueAt } from "../sync/index.ts";
import { useWorkshop } from "../sync/react.ts";
import { fieldOf, useEditor, usePeopleIn } from "./editor.ts";
import { FieldHead } from "./FieldHead.tsx";

interface Props {
  path: Path;
  label: string;
  hideLabel?: boolean;
  hint?: string;
  rows?: number;
  /** Enter does not make a new line. */
  oneLine?: boolean;
  className?: string;
  /** The field is a section of the page, with its label as heading. */
  section?: boolean;
  /** After an own edit, with the new text. */
  onEdited?(text: string): void;
}

export function LiveText({
  path,
  label,
  hideLabel,
  hint,
  rows,
  oneLine,
  className,
  section,
  onEdited,
}: Props) {
  const { doc, mayWrite } = useEditor();
  const area = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const field = fieldOf(path);
  const text = plain(valueAt(doc, path));
  const glow = useTextGlow(area, text);
  const held = usePeopleIn(field)[0];
  useBinding(area, path, field);
  useGrowing(area, text);
  const head = hideLabel ? (
    <label className="vh" htmlFor={id}>
      {label}
    </label>
  ) : (
    <FieldHead field={field} label={label} control={id} writes heading={section ?? false} />
  );
  return (
    <div className={`field ${section ? "sect" : ""} ${className ?? ""}`}>
      {head}
      {hint ? (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      <textarea
        ref={area}
        id={id}
        className={`input ${glow} ${held ? `held g-${held.actor_group}` : ""}`}
        rows={rows ?? 1}
        readOnly={!mayWrite}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onInput={(event) => onEdited?.(event.currentTarget.value)}
        onKeyDown={(event) => oneLine && event.key === "Enter" && event.preventDefault()}
      />
    </div>
  );
}

type Area = React.RefObject<HTMLTextAreaElement | null>;

function useBinding(area: Area, path: Path, field: string): void {
  const { replica } = useEditor();
  const { history } = useWorkshop();
  const key = JSON.stringify(path);
  useEffect(() => {
    if (area.current) return bindText(area.current, replica, JSON.parse(key) as Path, { history, field });
  }, [area, replica, history, key, field]);
}

const GLOW_MS = 2_000;

/** `glow` after somebody else has changed the text of a field one is not in. */
function useTextGlow(area: Area, text: string): string {
  const before = useRef(text);
  const [glow, setGlow] = useState("");
  useEffect(() => {
    if (before.current === text) return;
    before.current = text;
    if (document.activeElement === area.current) return;
    setGlow("glow");
    const timer = setTimeout(() => setGlow(""), GLOW_MS);
    return () => clearTimeout(timer);
  }, [area, text]);
  return glow;
}

/** Makes the field as high as its text, also when its width changes. */
function useGrowing(area: Area, text: string): void {
  useEffect(() => {
    const at = area.current;
    if (!at) return;
    let width = at.clientWidth;
    const fit = () => {
      at.style.height = "auto";
      at.style.height = `${at.scrollHeight + 2}px`;
    };
    fit();
    const sized = new ResizeObserver(() => {
      if (at.clientWidth === width) return;
      width = at.clientWidth;
      fit();
    });
    sized.observe(at);
    return () => sized.disconnect();
  }, [area, text]);
}
