// Marks of actor groups: outlined for an organisation in the data, filled with initials for a person here.
import { useMessages } from "../messages/index.ts";
import type { ActorGroup } from "../generated/domain.ts";
import { initials } from "./initials.ts";

interface Mark {
  letter: string;
  shape: React.ReactNode;
  /** Baseline of the letter; the triangle carries it lower. */
  y?: number;
}

/** Every group in the order of the columns of the table. */
export const SLOT_GROUPS: ActorGroup[] = [
  "stat",
  "region",
  "kommune",
  "forskning",
  "naeringsliv",
  "oppstart",
  "frivillig",
  "innbyggere",
];

const MARKS: Record<ActorGroup, Mark> = {
  stat: { letter: "S", shape: <rect className="shape" x="1.5" y="1.5" width="17" height="17" rx="2" /> },
  region: { letter: "R", shape: <path className="shape" d="M10 .8 18 5.4v9.2L10 19.2 2 14.6V5.4z" /> },
  kommune: {
    letter: "K",
    shape: <path className="shape" d="M2 1.5h16v9.2c0 4-4 6.6-8 8.6-4-2-8-4.600-8-8.600z" />,
  },
  forskning: { letter: "F", shape: <path className="shape" d="M10-.4 20.400 10 10 20.400-.4 10z" /> },
  naeringsliv: {
    letter: "N",
    shape: <path className="shape" d="M5.200 1.800h13.600L14.800 18.200H1.200z" />,
  },
  oppstart: { letter: "O", y: 15.6, shape: <path className="shape" d="M10-.6 20.600 18.500H-.6z" /> },
  frivillig: {
    letter: "V",
    shape: (
      <path
        className="shape"
        d="M10 2.3A5.500 5.500 0 0 1 17.7 10A5.500 5.500 0 0 1 10 17.7A5.500 5.500 0 0 1 2.3 10A5.500 5.500 0 0 1 10 2.3z"
      />
    ),
  },
  innbyggere: { letter: "I", shape: <circle className="shape" cx="10" cy="10" r="9" /> },
  finansior: { letter: "Fi", shape: <rect className="shape" x="0" y="3" width="20" height="14" rx="7" /> },
  offentlig: {
    letter: "?",
    shape: <rect className="shape" x="1.5" y="1.5" width="17" height="17" rx="2" strokeDasharray="3 2" />,
  },
};

/** Whether a text is the key of a group that has a mark. */
export function isActorGroup(key: string): key is ActorGroup {
  return key in MARKS;
}

/** The letter of a group, for the head of a column. */
export function letterOf(group: ActorGroup): string {
  return MARKS[group].letter;
}

/** An organisation's group: outline, letter, colour. */
export function ActorMark({ group, size, quiet }: { group: string; size?: "sm" | "lg"; quiet?: boolean }) {
  const { m } = useMessages();
  const key: ActorGroup = isActorGroup(group) ? group : "offentlig";
  const mark = MARKS[key];
  const name = quiet ? { "aria-hidden": true } : { role: "img", "aria-label": m.groups[key] };
  return (
    <svg className={`am g-${key} ${size ?? ""}`} viewBox="0 0 20 20" {...name}>
      {mark.shape}
      <text x="10" y={mark.y ?? 13.8}>
        {mark.letter}
      </text>
    </svg>
  );
}

/** The same inside a drawing: 20 by 20 units, named by what stands beside it. */
export function ActorShape({ group }: { group: ActorGroup }) {
  const mark = MARKS[group];
  return (
    <g className={`am g-${group}`}>
      {mark.shape}
      <text x="10" y={mark.y ?? 13.8}>
        {mark.letter}
      </text>
    </g>
  );
}

/** A person: filled with initials, in the shape and colour of the actor group. */
export function PersonMark({
  name,
  group,
  size,
  quiet,
}: {
  name: string;
  group: string;
  size?: "sm";
  quiet?: boolean;
}) {
  const { m } = useMessages();
  const key: ActorGroup = isActorGroup(group) ? group : "offentlig";
  const narrow = key === "forskning" || key === "frivillig" || key === "oppstart" ? "narrow" : "";
  const label = `${name}, ${m.groups[key]}`;
  const described = quiet ? { "aria-hidden": true } : { role: "img", "aria-label": label };
  return (
    <svg className={`pm g-${key} ${size ?? ""} ${narrow}`} viewBox="0 0 20 20" {...described}>
      {quiet ? null : <title>{label}</title>}
      {MARKS[key].shape}
      <text x="10" y={key === "oppstart" ? 15 : 12.7}>
        {initials(name)}
      </text>
    </svg>
  );
}
