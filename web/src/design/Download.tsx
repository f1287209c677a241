// «Last ned»: the files of a screen, each for Excel and as CSV, or for a reference manager.
import { Button, Popover } from "@digdir/designsystemet-react";
import { DownloadIcon } from "@navikt/aksel-icons";
import { useId, useState } from "react";
import { type ExportFile, exportPath } from "../api/exports.ts";
import { useLive } from "../api/live.tsx";
import { useMessages } from "../messages/index.ts";
import "./download.css";

export type Downloaded = keyof ReturnType<typeof useMessages>["m"]["views"]["files"];

interface Props {
  what: readonly Downloaded[];
  /** Asked of groups and distances. */
  more?: URLSearchParams;
  /** Ways to other files, below. */
  children?: React.ReactNode;
}

export function Download({ what, more, children }: Props) {
  const { m } = useMessages();
  const [open, setOpen] = useState(false);
  return (
    <Popover.TriggerContext>
      <Popover.Trigger variant="secondary" aria-label={m.views.download} onClick={() => setOpen(!open)}>
        <DownloadIcon aria-hidden /> <span className="wide-only">{m.views.download}</span>
      </Popover.Trigger>
      <Popover placement="bottom-end" className="pop downloads" open={open} onClose={() => setOpen(false)}>
        <ul aria-label={m.views.download}>
          {what.map((one) => (
            <Row key={one} what={one} more={more} onDone={() => setOpen(false)} />
          ))}
        </ul>
        {children}
      </Popover>
    </Popover.TriggerContext>
  );
}

function Row({ what, more, onDone }: { what: Downloaded; more: URLSearchParams | undefined; onDone(): void }) {
  const { m, language } = useMessages();
  const { id } = useLive();
  const name = useId();
  const endings = what === "sources" ? (["ris", "bib"] as const) : (["xlsx", "csv"] as const);
  return (
    <li>
      <span id={name}>{m.views.files[what]}</span>
      {endings.map((ending) => (
        <Button key={ending} variant="tertiary" data-size="sm" asChild>
          <a
            id={`${name}${ending}`}
            href={exportPath(id, `${what}.${ending}` as ExportFile, language, more)}
            aria-labelledby={`${name} ${name}${ending}`}
            download
            onClick={onDone}
          >
            {m.views.endings[ending]}
          </a>
        </Button>
      ))}
    </li>
  );
}
