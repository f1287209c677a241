// The groups as lists: what sets each apart, who is typical, who is in it.
import type { CaseGroup, Grouping, Trait } from "../api/figures.ts";
import { useLabels } from "../api/labels.ts";
import { CaseChip } from "../design/CaseChip.tsx";
import { useMessages } from "../messages/index.ts";
import { letterOf, traitsOf } from "./names.ts";

/** As `analysis/stability` has it. */
const STABLE = 0.75;
const UNSTABLE = 0.6;

interface Props {
  grouping: Grouping;
  marked: number | undefined;
  onMark?(group: number | undefined): void;
}

export function Groups({ grouping, marked, onMark }: Props) {
  return (
    <ul className="groups">
      {grouping.groups.map((group, place) => (
        <li key={group.central} className={place === marked ? "on" : undefined}>
          <Group group={group} place={place} grouping={grouping} marked={place === marked} onMark={onMark} />
        </li>
      ))}
    </ul>
  );
}

interface GroupProps {
  group: CaseGroup;
  place: number;
  grouping: Grouping;
  marked: boolean;
  onMark: Props["onMark"];
}

function Group({ group, place, grouping, marked, onMark }: GroupProps) {
  const { m } = useMessages();
  const labels = useLabels();
  const letter = letterOf(place);
  const borderline = new Set(grouping.placed.filter((one) => one.borderline).map((one) => one.subject));
  const alone = group.members.length === 1;
  const name = traitsOf(group, labels, 2);
  return (
    <>
      <h3>
        {m.grouping.group(letter)}
        {name ? `: ${name}` : ""} <span className="muted num">{m.grouping.size(group.members.length)}</span>
      </h3>
      {alone ? (
        <p className="small muted">{m.grouping.traitsAlone}</p>
      ) : (
        <>
          <p className="central">
            {m.grouping.central} <CaseChip subject={group.central} />
          </p>
          <Traits traits={group.traits} />
          <Stability stability={group.stability} />
        </>
      )}
      <details>
        <summary className="small">{m.grouping.members}</summary>
        <ul className="members">
          {group.members.map((subject) => (
            <li key={subject}>
              <CaseChip subject={subject} />
              {subject === group.central && !alone ? <span className="tag">{m.grouping.legendCentral}</span> : null}
              {borderline.has(subject) ? <span className="tag warn">{m.grouping.legendBorderline}</span> : null}
            </li>
          ))}
        </ul>
      </details>
      {onMark ? (
        <button
          type="button"
          className="linklike small"
          aria-pressed={marked}
          onClick={() => onMark(marked ? undefined : place)}
        >
          {m.grouping.show(letter)}
        </button>
      ) : null}
    </>
  );
}

function Traits({ traits }: { traits: Trait[] }) {
  const { m } = useMessages();
  const labels = useLabels();
  if (traits.length === 0) return <p className="small muted">{m.grouping.traitsNone}</p>;
  return (
    <>
      <p className="small muted">{m.grouping.traits}</p>
      <ul className="traits num">
        {traits.map(({ characteristic, value, cases, coded, others, others_coded }) => (
          <li key={`${characteristic}=${value}`}>
            {m.grouping.traitOf(labels.value(characteristic, value), cases, coded, others, others_coded)}
          </li>
        ))}
      </ul>
    </>
  );
}

function Stability({ stability }: { stability: number | null }) {
  const { m } = useMessages();
  if (stability === null) return null;
  if (stability > STABLE) return <p className="small muted">{m.grouping.stable}</p>;
  return stability < UNSTABLE ? (
    <p className="small warned">{m.grouping.unstable}</p>
  ) : (
    <p className="small muted">{m.grouping.unsure}</p>
  );
}

/** The cases that are more like another group than their own, worst first. */
export function Borderline({ grouping }: { grouping: Grouping }) {
  const { m } = useMessages();
  const found = grouping.placed
    .filter((one) => one.borderline)
    .sort((a, b) => a.silhouette - b.silhouette);
  if (found.length === 0) return <p className="small muted">{m.grouping.borderlineNone}</p>;
  return (
    <>
      <p className="small muted">{m.grouping.borderlineLead}</p>
      <ul className="pairs">
        {found.map(({ subject, group, neighbour }) => (
          <li key={subject}>
            <CaseChip subject={subject} />
            <p>{m.grouping.mightBe(letterOf(group), letterOf(neighbour ?? group))}</p>
          </li>
        ))}
      </ul>
    </>
  );
}
