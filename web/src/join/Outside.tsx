// What pages outside a workshop share: the mark, and the languages one can change to.
import { SamverkMark } from "../design/icons.tsx";
import { LANGUAGE_NAMES, LANGUAGES, useMessages } from "../messages/index.ts";
import "./join.css";

export function Outside({ label, children }: { label?: string | undefined; children: React.ReactNode }) {
  const { language, choose, m } = useMessages();
  return (
    <div className="outside">
      <header>
        {label ? (
          <span>{label}</span>
        ) : (
          <span className="row">
            <SamverkMark /> Samverk
          </span>
        )}
        <nav className="langs" aria-label={m.language.choose}>
          {LANGUAGES.filter((other) => other !== language).map((other) => (
            <button key={other} type="button" className="linklike" lang={other} onClick={() => choose(other)}>
              {LANGUAGE_NAMES[other]}
            </button>
          ))}
        </nav>
      </header>
      <main>{children}</main>
    </div>
  );
}
