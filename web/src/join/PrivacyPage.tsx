// What is stored of people and for how long, and one's own: to take along, to have erased.
import { Button } from "@digdir/designsystemet-react";
import { DownloadIcon, TrashIcon } from "@navikt/aksel-icons";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { eraseMe, MY_DATA, type SessionAnswer } from "../api/calls.ts";
import { forgetResources, useResource } from "../api/resource.ts";
import { forgetMe } from "../api/session.ts";
import { Confirm } from "../design/Confirm.tsx";
import { LIMITS } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import { Outside } from "../design/Outside.tsx";
import "./join.css";

const DAY_S = 86_400;

export function PrivacyPage() {
  const { m } = useMessages();
  const session = useResource<SessionAnswer>("/session");
  const words = m.privacy;
  return (
    <Outside>
      <title>{`${words.title} – Samverk`}</title>
      <h1>{words.title}</h1>
      <p className="when">{words.lead}</p>
      <dl className="stored">
        {words.stored(LIMITS.device_s_max / DAY_S).map(([what, how]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>{how}</dd>
          </div>
        ))}
      </dl>
      {session.value ? <Mine /> : null}
      <p>
        <Link to="/">{m.common.toStart}</Link>
      </p>
    </Outside>
  );
}

function Mine() {
  const { m } = useMessages();
  const words = m.privacy;
  const navigate = useNavigate();
  const [erasing, setErasing] = useState(false);
  const erase = async () => {
    await eraseMe();
    await forgetMe();
    forgetResources();
    await navigate("/");
  };
  return (
    <section aria-labelledby="mine">
      <h2 id="mine">{words.mine}</h2>
      <p className="small">{words.mineHelp}</p>
      <div className="stack">
        <Button variant="secondary" asChild>
          <a href={MY_DATA} download>
            <DownloadIcon aria-hidden /> {words.download}
          </a>
        </Button>
        <Button variant="tertiary" data-color="danger" onClick={() => setErasing(true)}>
          <TrashIcon aria-hidden /> {words.erase}
        </Button>
      </div>
      {erasing ? (
        <Confirm
          title={words.eraseTitle}
          help={words.eraseHelp}
          action={words.eraseDo}
          onDo={erase}
          onClose={() => setErasing(false)}
        />
      ) : null}
    </section>
  );
}
