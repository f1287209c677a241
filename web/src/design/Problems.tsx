// Pages for when something is missing or broken: what happened, and what to do.
import { Button } from "@digdir/designsystemet-react";
import { Link, useRouteError } from "react-router";
import { useMessages } from "../messages/index.ts";
import { SamverkMark } from "./icons.tsx";

interface Message {
  title: string;
  help: string;
  children?: React.ReactNode;
}

/** One message and one way on, inside a frame. */
export function MessageBlock({ title, help, children }: Message) {
  return (
    <section className="message-block">
      <h1 tabIndex={-1}>{title}</h1>
      <p className="muted">{help}</p>
      <div className="row">{children}</div>
    </section>
  );
}

/** A whole page with one message. */
export function MessagePage(message: Message) {
  return (
    <main className="page text message-page">
      <title>{`${message.title} – Samverk`}</title>
      <p className="row">
        <SamverkMark /> <span className="strong">Samverk</span>
      </p>
      <MessageBlock {...message} />
    </main>
  );
}

/** No route has this address. */
export function UnknownPage() {
  const { m } = useMessages();
  return (
    <MessagePage title={m.problems.unknownPage} help={m.problems.unknownPageHelp}>
      <Button asChild>
        <Link to="/">{m.common.toStart}</Link>
      </Button>
    </MessagePage>
  );
}

/** The whole page stopped; what was written is in the browser's storage. */
export function Crash() {
  const { m } = useMessages();
  useLoggedError();
  return (
    <MessagePage title={m.problems.crashed} help={m.problems.crashedHelp}>
      <CrashActions />
    </MessagePage>
  );
}

/** One screen stopped; the frame around it goes on. */
export function CrashInside() {
  const { m } = useMessages();
  useLoggedError();
  return (
    <div className="page">
      <MessageBlock title={m.problems.crashed} help={m.problems.crashedHelp}>
        <CrashActions />
      </MessageBlock>
    </div>
  );
}

/** The code of a screen could not be fetched. */
export function Unreachable() {
  const { m } = useMessages();
  return (
    <div className="page">
      <MessageBlock title={m.problems.unreachable} help={m.problems.unreachableHelp}>
        <Button onClick={() => location.reload()}>{m.common.tryAgain}</Button>
      </MessageBlock>
    </div>
  );
}

function CrashActions() {
  const { m } = useMessages();
  return (
    <>
      <Button onClick={() => location.reload()}>{m.frame.reloadNow}</Button>
      <Button variant="secondary" asChild>
        <a href="/">{m.common.toStart}</a>
      </Button>
    </>
  );
}

function useLoggedError(): void {
  console.error(useRouteError());
}
