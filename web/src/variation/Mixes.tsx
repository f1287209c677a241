// Whom the public sector works with: the eight combinations of partners as a picture of marks and bars (R12), and what
// there is of each partner group and level (R9–R11).
import { Link } from "react-router";
import { countedOnly, registerPath } from "../api/caseLink.ts";
import type { Count, MixCount, Variation } from "../api/figures.ts";
import { useLive } from "../api/live.tsx";
import { mixKey, mixWords } from "../api/mix.ts";
import { ActorMark } from "../design/ActorMark.tsx";
import { Picture } from "../design/Picture.tsx";
import { useMessages } from "../messages/index.ts";
import { Bar } from "./Bar.tsx";

const MARKS = [
  ["research", "forskning"],
  ["business", "naeringsliv"],
  ["voluntary", "frivillig"],
] as const;

export function Mixes({ variation }: { variation: Variation }) {
  const { m, format } = useMessages();
  const { id } = useLive();
  const { about, mixes, only_public } = variation;
  const sorted = [...mixes].sort((a, b) => b.cases - a.cases);
  const [first] = sorted;
  const link = (one: MixCount) => registerPath(id, { mix: [mixKey(one.mix)], ...countedOnly(about) });
  const caption = (
    <>
      {first ? m.variation.mixMost(mixWords(first.mix, m, format), first.cases, about.cases) : ""}
      {only_public.length ? (
        <>
          {" "}
          <Link to={registerPath(id, { mix: ["public"], ...countedOnly(about) })}>
            {m.variation.onlyPublic(only_public.length)}
          </Link>
        </>
      ) : null}
    </>
  );
  return (
    <div className="card side">
      <Picture
        name="parter"
        level={2}
        title={m.variation.mixTitle}
        caption={caption}
        picture={
          <ul className="vmix">
            {sorted.map((one) => (
              <Bar
                key={mixKey(one.mix)}
                label={mixWords(one.mix, m, format)}
                count={one}
                most={first?.cases ?? 0}
                chosen={about.chosen > 0}
                to={link(one)}
                marks={one.mix.public ? <Marks one={one} /> : undefined}
              />
            ))}
          </ul>
        }
        list={<MixList mixes={sorted} chosen={about.chosen > 0} link={link} />}
      />
    </div>
  );
}

function Marks({ one: { mix } }: { one: MixCount }) {
  return (
    <span className="mixmarks">
      {MARKS.map(([part, group]) => (
        <span key={part}>{mix[part] ? <ActorMark group={group} quiet /> : <i />}</span>
      ))}
    </span>
  );
}

interface ListProps {
  mixes: MixCount[];
  chosen: boolean;
  link(one: MixCount): string;
}

function MixList({ mixes, chosen, link }: ListProps) {
  const { m, format } = useMessages();
  return (
    <table className="plain">
      <thead>
        <tr>
          <th scope="col">{m.variation.mix}</th>
          <th scope="col" className="num">
            {m.views.all}
          </th>
          {chosen ? (
            <th scope="col" className="num">
              {m.views.chosen}
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {mixes.map((one) => (
          <tr key={mixKey(one.mix)} className={one.cases ? undefined : "zero"}>
            <th scope="row">
              {one.cases ? <Link to={link(one)}>{mixWords(one.mix, m, format)}</Link> : mixWords(one.mix, m, format)}
            </th>
            <td className="num">{one.cases}</td>
            {chosen ? <td className="num">{one.chosen}</td> : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Facets of the register for the partner groups. */
const GROUPS = { research: ["forskning"], business: ["naeringsliv", "oppstart"], voluntary: ["frivillig"] };

export function Partners({ variation }: { variation: Variation }) {
  const { m } = useMessages();
  const { id } = useLive();
  const { about } = variation;
  const rows: { label: string; count: Count; facet: Record<string, string[]> }[] = [
    ...variation.levels.map((one) => ({ label: m.levels[one.level], count: one, facet: { level: [one.level] } })),
    ...(["research", "business", "voluntary"] as const).map((part) => ({
      label: m.variation.has[part],
      count: variation[part],
      facet: { group: GROUPS[part] },
    })),
  ];
  return (
    <section className="card side">
      <h2>{m.variation.partnersTitle}</h2>
      <ul>
        {rows.map(({ label, count, facet }) => (
          <Bar
            key={label}
            label={label}
            count={count}
            most={about.cases}
            chosen={about.chosen > 0}
            to={registerPath(id, { ...facet, ...countedOnly(about) })}
          />
        ))}
      </ul>
    </section>
  );
}
