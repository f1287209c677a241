// A text field that several people write in at once. The sync layer binds it; this is its label and frame.
import { useCallback, useEffect, useId, useRef, useState } from "react";
import { bindText, type Path } from "../sync/index.ts";
import { useWorkshop } from "../sync/react.ts";
import { fieldOf, useFields, usePeopleIn } from "./editor.ts";
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
  const { mayWrite } = useFields();
  const area = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const field = fieldOf(path);
  const held = usePeopleIn(field)[0];
  useBinding(area, path, field);
  const glow = useTextGlow(area, path);
  useGrowing(area, path);
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
  const { replica } = useFields();
  const { history } = useWorkshop();
  const key = JSON.stringify(path);
  useEffect(() => {
    if (area.current) return bindText(area.current, replica, JSON.parse(key) as Path, { history, field });
  }, [area, replica, history, key, field]);
}

/**
 * Calls after the text has changed and the binding has put it into the field. The text itself never goes
 * through React: a colleague's letter renders no component again.
 */
function useText(path: Path, changed: () => void): void {
  const { replica } = useFields();
  const key = JSON.stringify(path);
  useEffect(() => replica.subscribeTo(JSON.parse(key) as Path, changed), [replica, key, changed]);
}

const GLOW_MS = 2_000;

/** `glow` after somebody else has changed the text of a field one is not in. */
function useTextGlow(area: Area, path: Path): string {
  const [glow, setGlow] = useState("");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useText(
    path,
    useCallback(() => {
      if (document.activeElement === area.current) return;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setGlow(""), GLOW_MS);
      setGlow("glow");
    }, [area]),
  );
  useEffect(() => () => clearTimeout(timer.current), []);
  return glow;
}

/** Browsers that do this themselves lay the page out once for a letter, not three times. */
const GROWS_BY_ITSELF = CSS.supports("field-sizing", "content");

/** Makes the field as high as its text, also when its width changes. */
function useGrowing(area: Area, path: Path): void {
  const fit = useRef<() => void>(undefined);
  useEffect(() => {
    const at = area.current;
    if (!at || GROWS_BY_ITSELF) return;
    let width = at.clientWidth;
    fit.current = () => {
      at.style.height = "auto";
      at.style.height = `${at.scrollHeight + 2}px`;
    };
    fit.current();
    const sized = new ResizeObserver(() => {
      if (at.clientWidth === width) return;
      width = at.clientWidth;
      fit.current?.();
    });
    sized.observe(at);
    return () => sized.disconnect();
  }, [area]);
  useText(
    path,
    useCallback(() => fit.current?.(), []),
  );
}
