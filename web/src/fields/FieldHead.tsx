// A field's heading row: its label, and who else is in it. Names stand here and never cover words.
import { PersonMark } from "../design/ActorMark.tsx";
import { useMessages } from "../messages/index.ts";
import { usePeopleIn } from "./editor.ts";
import "./fields.css";

interface Props {
  field: string;
  label: string;
  /** Id of the control the label belongs to; without it the label is plain text. */
  control?: string;
  writes?: boolean;
  /** The label is a heading of the page too. */
  heading?: boolean;
}

export function FieldHead({ field, label, control, writes, heading }: Props) {
  const words = control ? <label htmlFor={control}>{label}</label> : <span>{label}</span>;
  return (
    <div className="fhead">
      {heading ? <h2>{words}</h2> : words}
      <PeopleIn field={field} writes={writes ?? false} />
    </div>
  );
}

/** Marks and names of those who are in the field. */
export function PeopleIn({ field, writes }: { field: string; writes: boolean }) {
  const { m, format } = useMessages();
  const people = usePeopleIn(field);
  if (people.length === 0) return null;
  return (
    <span className="fnow">
      {people.map((one) => (
        <PersonMark key={one.participant} name={one.name} group={one.actor_group} size="sm" quiet />
      ))}
      <span className="words">
        {format.list(people.map((one) => one.name))} {writes ? m.case.writes : m.case.isHere}
      </span>
    </span>
  );
}
