// A case as its facts, texts and sources tell it: nothing of what it is coded as, nor the team's notes about that.
import { inOrder, keysOf, partiesOf, plain, type CaseDocument } from "../../api/caseDocument.ts";
import { ActorMark } from "../../design/ActorMark.tsx";
import { type Messages, useMessages } from "../../messages/index.ts";
import { useRead, useReplica, useReplicaState } from "../../sync/react.ts";

interface Told {
  code: string;
  name: string;
  facts: [string, string][];
  description: string;
  benefit: string;
  parties: { id: string; name: string; group: string; role: string }[];
  sources: { id: string; title: string; address: string; kind: string }[];
}

export function CaseTold({ subject }: { subject: string }) {
  const { m } = useMessages();
  const replica = useReplica<CaseDocument>(subject);
  const state = useReplicaState(replica);
  const told = useRead(replica, (doc) => toldOf(doc ?? {}, m));
  if (state === "unavailable" || state === "quarantined") return <p className="sentence">{m.doubleCoding.gone}</p>;
  if (state === "loading") return <p className="muted">{m.case.loading}</p>;
  return (
    <article className="told">
      <h2>
        <span className="num muted">{told.code}</span> {told.name || m.case.unnamed}
      </h2>
      <dl className="toldfacts">
        {told.facts.map(([label, words]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <Words title={m.case.description} words={told.description} />
      <h3>{m.case.parties}</h3>
      {told.parties.length === 0 ? <p className="muted small">{m.doubleCoding.noText}</p> : null}
      <ul className="toldparties">
        {told.parties.map((party) => (
          <li key={party.id}>
            <ActorMark group={party.group} />
            <span className="grow">{party.name}</span>
            <span className="tag">{party.role}</span>
          </li>
        ))}
      </ul>
      <Words title={m.case.benefit} words={told.benefit} />
      <h3>{m.missing.sources}</h3>
      {told.sources.length === 0 ? <p className="muted small">{m.doubleCoding.noText}</p> : null}
      <ul className="toldsources">
        {told.sources.map((source) => (
          <li key={source.id}>
            {/^https?:\/\//.test(source.address) ? (
              <a href={source.address} target="_blank" rel="noreferrer noopener">
                {source.title || source.address}
              </a>
            ) : (
              source.title
            )}{" "}
            {source.kind ? <span className="tag">{source.kind}</span> : null}
          </li>
        ))}
      </ul>
    </article>
  );
}

function Words({ title, words }: { title: string; words: string }) {
  const { m } = useMessages();
  return (
    <>
      <h3>{title}</h3>
      <p className={words ? "words" : "muted small"}>{words || m.doubleCoding.noText}</p>
    </>
  );
}

function toldOf(doc: CaseDocument, m: Messages): Told {
  const facts = doc.facts ?? {};
  const word = (words: Record<string, string>, key: unknown) => words[plain(key)] ?? "";
  const years = [facts.start_year, facts.end_year].filter((year) => typeof year === "number");
  const source = plain(facts.source);
  const listed = inOrder(doc.sources).map(({ id, title, address, kind }) => ({
    id,
    title: plain(title),
    address: plain(address),
    kind: word(m.missing.kinds, kind),
  }));
  const worded = source && !listed.some((one) => one.title === source);
  const all: [string, string][] = [
    [m.case.country, plain(facts.country)],
    [m.case.sector, plain(facts.sector)],
    [m.case.origin, word(m.origins, facts.origin)],
    [m.case.status, word(m.statuses, facts.status)],
    [m.case.period, [years.join("–"), plain(facts.period)].filter(Boolean).join(", ")],
    [m.case.level, keysOf(facts.level).map((key) => word(m.levels, key) || key).join(", ")],
  ];
  return {
    code: plain(doc.code),
    name: plain(facts.name),
    facts: all.filter(([, words]) => words),
    description: plain(doc.texts?.description).trim(),
    benefit: plain(doc.texts?.benefit).trim(),
    parties: partiesOf(doc).map(({ id, party }) => ({
      id,
      name: plain(party.name),
      group: plain(party.group),
      role: word(m.case.roles, party.role),
    })),
    sources: worded ? [{ id: "words", title: source, address: "", kind: "" }, ...listed] : listed,
  };
}
