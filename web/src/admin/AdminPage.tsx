// The owner's view of the server: is it well, and who has access?
import { Link } from "react-router";
import type { AdminPerson, AdminWorkshop, ServerAnswer } from "../api/account.ts";
import { useResource } from "../api/resource.ts";
import { useAskedSession } from "../api/session.ts";
import { wordsOf } from "../api/words.ts";
import { Outside } from "../design/Outside.tsx";
import { ProblemLine } from "../design/ProblemLine.tsx";
import { useMessages } from "../messages/index.ts";
import { Health } from "./Health.tsx";
import { Links } from "./Links.tsx";
import { People } from "./People.tsx";
import { Workshops } from "./Workshops.tsx";
import "./admin.css";

export function AdminPage() {
  const { m } = useMessages();
  const asked = useAskedSession();
  return (
    <Outside wide>
      <title>{`${m.admin.title} – Samverk`}</title>
      <h1>{m.admin.title}</h1>
      {asked ? <Everything /> : null}
      <p className="back">
        <Link to="/">{m.common.toStart}</Link>
      </p>
    </Outside>
  );
}

function Everything() {
  const { m } = useMessages();
  const server = useResource<ServerAnswer>("/admin/server");
  const workshops = useResource<{ workshops: AdminWorkshop[] }>("/admin/workshops");
  const people = useResource<{ people: AdminPerson[] }>("/admin/people");
  const problem = server.problem ?? workshops.problem ?? people.problem;
  if (problem?.status === 404) return <p className="when">{m.admin.notOwner}</p>;
  const titles = new Map(workshops.value?.workshops.map((one) => [one.id, one.title]));
  return (
    <>
      {problem ? <ProblemLine>{wordsOf(problem, m)}</ProblemLine> : null}
      {server.value ? <Health server={server.value} titles={titles} /> : null}
      {workshops.value ? (
        <>
          <Workshops workshops={workshops.value.workshops} />
          <Links workshops={workshops.value.workshops} onChanged={() => void workshops.refresh()} />
        </>
      ) : null}
      {people.value ? (
        <People people={people.value.people} titles={titles} onChanged={() => void people.refresh()} />
      ) : null}
    </>
  );
}
