// What pages outside a workshop share: the mark, and the languages one can change to.
import { SamverkMark } from "./icons.tsx";
import { LANGUAGE_NAMES, LANGUAGES, useMessages } from "../messages/index.ts";
import "./outside.css";

interface OutsideProps {
  label?: string | undefined;
  /** Room for tables. */
  wide?: boolean;
  children: React.ReactNode;
}

export function Outside({ label, wide, children }: OutsideProps) {
  const { language, choose, m } = useMessages();
  return (
    <div className={`outside${wide ? " roomy" : ""}`}>
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
