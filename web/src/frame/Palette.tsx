// Ctrl K: go to a case, a page, another language, from the keyboard.
import { useEffect, useId, useMemo, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { useIsTeam, useLive, useRows } from "../api/live.tsx";
import { LANGUAGE_NAMES, LANGUAGES, useMessages } from "../messages/index.ts";
import { type Command, findCommands } from "./commands.ts";

export function Palette({ open, onClose }: { open: boolean; onClose(): void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { m } = useMessages();
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      className="palette"
      aria-label={m.palette.title}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      {open ? <Search onDone={onClose} /> : null}
    </dialog>
  );
}

function Search({ onDone }: { onDone(): void }) {
  const { m } = useMessages();
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const list = useId();
  const found = findCommands(useCommands(), text);
  const at = Math.min(active, found.length - 1);
  const run = (command: Command | undefined) => {
    if (!command) return;
    onDone();
    command.run();
  };
  const onKey = (event: React.KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step) {
      event.preventDefault();
      setActive((at + step + found.length) % Math.max(found.length, 1));
    } else if (event.key === "Enter") {
      event.preventDefault();
      run(found[at]);
    }
  };
  return (
    <>
      <input
        className="input"
        autoFocus
        value={text}
        placeholder={m.palette.placeholder}
        aria-label={m.palette.title}
        role="combobox"
        aria-expanded
        aria-controls={list}
        aria-activedescendant={found[at] ? `${list}-${at}` : undefined}
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKey}
      />
      <ul id={list} role="listbox" aria-label={m.palette.title}>
        {found.map((command, i) => (
          <li
            key={command.id}
            id={`${list}-${i}`}
            role="option"
            aria-selected={i === at}
            ref={i === at ? (node) => node?.scrollIntoView({ block: "nearest" }) : undefined}
            onClick={() => run(command)}
            onPointerMove={() => setActive(i)}
          >
            {command.code ? <span className="code">{command.code}</span> : null}
            <span className="grow" lang={command.lang}>
              {command.label}
            </span>
            <span className="tiny muted">{command.section}</span>
          </li>
        ))}
      </ul>
      <p className={found.length ? "vh" : "none"} role="status">
        {found.length ? m.palette.results(found.length) : m.palette.nothing}
      </p>
    </>
  );
}

function useCommands(): Command[] {
  const { m, choose } = useMessages();
  const { id } = useLive();
  const isTeam = useIsTeam();
  const navigate = useNavigate();
  const rows = useRows();
  return useMemo(() => {
    const go = (to: string) => () => void navigate(to);
    const page = (key: string, label: string, path: string): Command => ({
      id: key,
      label,
      section: m.palette.pages,
      run: go(`/w/${id}${path}`),
    });
    return [
      page("overview", m.nav.overview, ""),
      page("cases", m.nav.cases, "/eksempler"),
      page("variation", m.variation.title, "/eksempler/variasjon"),
      page("grouping", m.grouping.title, "/eksempler/grupper"),
      page("searches", m.searches.title, "/eksempler/sok"),
      ...(isTeam
        ? [page("dialogue", m.dialogue.title, "/eksempler/dialog"), page("plan", m.plan.title, "/leveranseplan")]
        : []),
      page("people", m.nav.people, "/folk"),
      page("copies", m.copies.title, "/kopier"),
      ...(isTeam ? [page("intake", m.intake.title, "/hent-inn")] : []),
      ...rows.map((row) => ({
        id: row.subject,
        code: row.code,
        label: row.name,
        section: m.palette.cases,
        run: go(`/w/${id}/eksempler/${row.subject}`),
      })),
      ...LANGUAGES.map((language) => ({
        id: language,
        label: LANGUAGE_NAMES[language],
        lang: language,
        section: m.language.choose,
        run: () => choose(language),
      })),
    ];
  }, [m, choose, id, isTeam, navigate, rows]);
}
