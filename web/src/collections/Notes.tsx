// Writing notes: one thought at a time, mine below.
import { Button } from "@digdir/designsystemet-react";
import { PencilIcon, TrashIcon } from "@navikt/aksel-icons";
import { useEffect, useRef, useState } from "react";
import { LIMITS } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import { addItem, choice, freshId, orderBetween, removeItem, updateText } from "../sync/index.ts";
import { useRead } from "../sync/react.ts";
import { type AnswerProps, type Note, notesOf } from "./sealed.ts";

export function Notes({ replica, mayWrite }: AnswerProps) {
  const { m } = useMessages();
  const notes = useRead(replica, notesOf);
  const add = (text: string) => {
    const order = orderBetween(notes.at(-1)?.order || null, null);
    replica.edit(addItem(["notes"], freshId(), { text, order: choice(order) }));
  };
  return (
    <>
      {mayWrite ? <Compose onAdd={add} /> : null}
      <h2>
        {m.collections.myNotes} <span className="muted num">{notes.length || ""}</span>
      </h2>
      {notes.length === 0 ? <p className="hint">{m.collections.noNotes}</p> : null}
      <ul className="mynotes">
        {[...notes].reverse().map((note) => (
          <OwnNote key={note.id} note={note} replica={replica} mayWrite={mayWrite} />
        ))}
      </ul>
    </>
  );
}

function Compose({ onAdd }: { onAdd(text: string): void }) {
  const { m } = useMessages();
  const [text, setText] = useState("");
  const area = useRef<HTMLTextAreaElement>(null);
  const add = () => {
    if (!text.trim()) return;
    onAdd(text.trim());
    setText("");
    area.current?.focus();
  };
  return (
    <form
      className="compose"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <label className="vh" htmlFor="note">
        {m.collections.newNote}
      </label>
      <textarea
        id="note"
        ref={area}
        className="input"
        rows={3}
        maxLength={LIMITS.note_chars_max}
        placeholder={m.collections.notePlaceholder}
        aria-describedby="note-help"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          add();
        }}
      />
      <div className="row">
        <span className="hint grow" id="note-help">
          {m.collections.noteHelp}
        </span>
        <Button type="submit">{m.collections.add}</Button>
      </div>
    </form>
  );
}

function OwnNote({ note, replica, mayWrite }: AnswerProps & { note: Note }) {
  const { m } = useMessages();
  const [editing, setEditing] = useState<string>();
  const area = useRef<HTMLTextAreaElement>(null);
  const begun = editing !== undefined;
  useEffect(() => {
    if (begun) area.current?.focus();
  }, [begun]);
  const save = () => {
    if (editing?.trim()) replica.edit(updateText(["notes", note.id, "text"], editing.trim()));
    setEditing(undefined);
  };
  if (editing !== undefined) {
    return (
      <li className="note editing">
        <textarea
          ref={area}
          className="input"
          rows={3}
          aria-label={m.collections.editNote}
          maxLength={LIMITS.note_chars_max}
          value={editing}
          onChange={(event) => setEditing(event.target.value)}
        />
        <div className="row">
          <Button onClick={save}>{m.common.save}</Button>
          <Button variant="tertiary" onClick={() => setEditing(undefined)}>
            {m.common.cancel}
          </Button>
        </div>
      </li>
    );
  }
  return (
    <li className="note">
      <p>{note.text}</p>
      {mayWrite ? (
        <div className="row">
          <button type="button" className="iconbtn" onClick={() => setEditing(note.text)}>
            <PencilIcon aria-hidden className="ic" />
            <span className="vh">{m.collections.edit(note.text)}</span>
          </button>
          <button type="button" className="iconbtn" onClick={() => replica.edit(removeItem(["notes", note.id]))}>
            <TrashIcon aria-hidden className="ic" />
            <span className="vh">{m.collections.remove(note.text)}</span>
          </button>
        </div>
      ) : null}
    </li>
  );
}
