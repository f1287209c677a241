// One choice of a few, side by side; radio buttons underneath.
import { startTransition, useId, useOptimistic } from "react";

interface Option<T extends string> {
  value: T;
  label: string;
  /** Language of the label where it is not the page's. */
  lang?: string;
  icon?: React.ReactNode;
}

interface Props<T extends string> {
  legend: string;
  hideLegend?: boolean;
  value: T;
  options: Option<T>[];
  onChoose(value: T): void;
  disabled?: boolean;
}

export function Segmented<T extends string>({
  legend,
  hideLegend,
  value,
  options,
  onChoose,
  disabled,
}: Props<T>) {
  const name = useId();
  // What was chosen stands there at once, also where it changes the address, whose screens may take a moment.
  const [shown, show] = useOptimistic(value);
  const choose = (next: T) =>
    startTransition(() => {
      show(next);
      onChoose(next);
    });
  return (
    <fieldset className="seg" disabled={disabled ?? false}>
      <legend className={hideLegend ? "vh" : "field-label"}>{legend}</legend>
      <div>
        {options.map((option) => (
          <label key={option.value} className={`seg-${option.value}`} lang={option.lang}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={shown === option.value}
              onChange={() => choose(option.value)}
            />
            <span>
              {option.icon}
              {option.label}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
