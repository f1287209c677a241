// A few panels of which one is shown: the row of their names. The arrow keys move along it.
interface Tab<T extends string> {
  value: T;
  label: string;
  /** How many there are of what it holds; nothing for none. */
  count?: { number: number; words: string };
}

interface Props<T extends string> {
  label: string;
  value: T;
  tabs: Tab<T>[];
  /** The ids of what a tab shows. */
  panels(value: T): string;
  onChoose(value: T): void;
}

/** The id of a tab, by which its panel is named. */
export const tabId = (value: string) => `tab-${value}`;

export function Tabs<T extends string>({ label, value, tabs, panels, onChoose }: Props<T>) {
  const move = (by: number) => {
    const at = tabs.findIndex((tab) => tab.value === value);
    const next = tabs[(at + by + tabs.length) % tabs.length];
    if (!next) return;
    onChoose(next.value);
    document.getElementById(tabId(next.value))?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label={label}>
      {tabs.map((tab) => (
        <button
          key={tab.value}
          type="button"
          role="tab"
          id={tabId(tab.value)}
          aria-selected={tab.value === value}
          aria-controls={panels(tab.value)}
          tabIndex={tab.value === value ? 0 : -1}
          onClick={() => onChoose(tab.value)}
          onKeyDown={(event) => {
            if (event.key === "ArrowRight") move(1);
            if (event.key === "ArrowLeft") move(-1);
          }}
        >
          {tab.label}
          {tab.count && tab.count.number > 0 ? (
            <>
              {" "}
              <span className="count" aria-hidden>
                {tab.count.number}
              </span>
              <span className="vh">{tab.count.words}</span>
            </>
          ) : null}
        </button>
      ))}
    </div>
  );
}
