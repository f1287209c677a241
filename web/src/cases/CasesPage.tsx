// The register: all cases as rows to find, compare and open.
import { Button, Skeleton } from "@digdir/designsystemet-react";
import { PlusIcon, UploadIcon } from "@navikt/aksel-icons";
import { useDeferredValue, useMemo, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { valueLabel } from "../api/characteristics.ts";
import { useIsTeam, useLive, useRegister } from "../api/live.tsx";
import { CaseViews } from "../design/CaseViews.tsx";
import { Download } from "../design/Download.tsx";
import { NotLoaded } from "../design/NotLoaded.tsx";
import { Teach } from "../design/Teach.tsx";
import { Title } from "../design/Title.tsx";
import { useMedia } from "../design/media.ts";
import type { Characteristic, RegisterRow } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import { CasesList } from "./CasesList.tsx";
import { CasesTable } from "./CasesTable.tsx";
import { facetsOf, fitting, ordered, orderFrom, queryFrom } from "./facets.ts";
import { Filters } from "./Filters.tsx";
import { NewCase } from "./NewCase.tsx";
import { Peek } from "./Peek.tsx";
import "./cases.css";

const FILES = ["register", "codings", "code-book", "sources"] as const;
const noRows: RegisterRow[] = [];
const noCharacteristics: Characteristic[] = [];

export function CasesPage() {
  const register = useRegister();
  const rows = register.value?.rows ?? noRows;
  const characteristics = register.value?.characteristics ?? noCharacteristics;
  const [params, setParams] = useSearchParams();
  const [creating, setCreating] = useState(params.has("ny"));
  const closeNew = () => {
    setCreating(false);
    setParams((before) => (before.delete("ny"), before), { replace: true });
  };
  return (
    <div className="register">
      <Head rows={rows} onCreate={() => setCreating(true)} />
      <div className="pad">
        <CaseViews />
      </div>
      {creating ? <NewCase onClose={closeNew} /> : null}
      <NotLoaded of={register} className="pad" />
      {!register.value && !register.problem ? <Waiting /> : null}
      {register.value && rows.length === 0 ? <Empty onCreate={() => setCreating(true)} /> : null}
      {rows.length > 0 ? <Found rows={rows} characteristics={characteristics} /> : null}
    </div>
  );
}

function Head({ rows, onCreate }: { rows: RegisterRow[]; onCreate(): void }) {
  const { m } = useMessages();
  const { id } = useLive();
  const isTeam = useIsTeam();
  const count = (decision: string) => rows.filter((row) => row.decision === decision).length;
  const [chosen, reserve, out, none] = [count("in"), count("reserve"), count("out"), count("none")];
  return (
    <div className="head pad">
      <div>
        <Title tab={m.cases.title}>{m.cases.title}</Title>
        {rows.length ? (
          <p className="lead num">
            {m.cases.summary(rows.length)}
            {chosen + reserve + out > 0 ? `: ${m.cases.summaryParts(chosen, reserve, out)}` : ""}
            {none > 0 ? (
              <>
                , <Link to="?decision=none">{m.cases.notAssessed(none)}</Link>
              </>
            ) : null}
          </p>
        ) : null}
      </div>
      <div className="actions">
        {rows.length ? (
          <Download what={FILES}>
            <Button variant="tertiary" asChild>
              <Link to={`/w/${id}/eksempler/kodeskjema`}>{m.codeForm.link}</Link>
            </Button>
          </Download>
        ) : null}
        {isTeam ? (
          <>
            <Button variant="secondary" className="wide-only" asChild>
              <Link to={`/w/${id}/hent-inn`}>
                <UploadIcon aria-hidden /> {m.cases.import}
              </Link>
            </Button>
            <Button onClick={onCreate} aria-label={m.cases.create}>
              <PlusIcon aria-hidden /> <span className="wide-only">{m.cases.create}</span>
            </Button>
          </>
        ) : null}
      </div>
    </div>
  );
}

function Found({ rows, characteristics }: { rows: RegisterRow[]; characteristics: Characteristic[] }) {
  const { m, language, format } = useMessages();
  const [params, setParams] = useSearchParams();
  const [peeked, setPeeked] = useState<string>();
  const phone = useMedia("(max-width: 719px)");
  const query = useMemo(() => queryFrom(params), [params]);
  const order = useMemo(() => orderFrom(params), [params]);
  const deferred = useDeferredValue(query);
  const facets = useMemo(
    () => facetsOf(characteristics, rows, m, language, format),
    [characteristics, rows, m, language, format],
  );
  const scope = useMemo(() => characteristics.find((c) => c.key === "scope"), [characteristics]);
  const shown = useMemo(() => {
    const scopeLabel = (row: RegisterRow) =>
      (row.codings["scope"] ?? []).map((key) => valueLabel(scope, key, language)).join();
    return ordered(fitting(rows, deferred, facets), order, format.collator, scopeLabel);
  }, [rows, deferred, facets, order, format, scope, language]);
  const at = shown.findIndex((row) => row.subject === peeked);
  const clear = () => setParams({}, { replace: true });
  return (
    <div className={peeked && at >= 0 ? "with-panel" : "without-panel"}>
      <div className="found">
        <Filters rows={rows} facets={facets} query={query} shown={shown.length} />
        {shown.length === 0 ? (
          <div className="pad">
            <Teach title={m.cases.nothingFound} help={m.cases.nothingFoundHelp}>
              <Button variant="secondary" onClick={clear}>
                {m.cases.clear}
              </Button>
            </Teach>
          </div>
        ) : phone ? (
          <CasesList rows={shown} scope={scope} />
        ) : (
          <CasesTable
            rows={shown}
            characteristics={characteristics}
            order={order}
            peeked={peeked}
            onPeek={setPeeked}
          />
        )}
      </div>
      {peeked && at >= 0 && !phone ? (
        <Peek
          row={shown[at]!}
          characteristics={characteristics}
          before={shown[at - 1]?.subject}
          after={shown[at + 1]?.subject}
          onPeek={setPeeked}
        />
      ) : null}
    </div>
  );
}

function Waiting() {
  const { m } = useMessages();
  return (
    <div className="pad stack tight" role="status" aria-label={m.common.loading}>
      {Array.from({ length: 10 }, (_, i) => (
        <Skeleton key={i} height={32} />
      ))}
    </div>
  );
}

function Empty({ onCreate }: { onCreate(): void }) {
  const { m } = useMessages();
  const { id } = useLive();
  const isTeam = useIsTeam();
  return (
    <div className="pad">
      <Teach title={m.cases.emptyTitle} help={isTeam ? m.cases.emptyHelp : m.overview.emptyRead}>
        {isTeam ? (
          <>
            <Button asChild>
              <Link to={`/w/${id}/hent-inn`}>
                <UploadIcon aria-hidden /> {m.intake.title}
              </Link>
            </Button>
            <Button variant="secondary" onClick={onCreate}>
              {m.cases.create}
            </Button>
          </>
        ) : null}
      </Teach>
    </div>
  );
}
