// An empty screen teaches: what belongs there, an example, and the first thing to do.

interface Props {
  title: string;
  help: string;
  example?: string;
  /** What one can do now. */
  children?: React.ReactNode;
}

export function Teach({ title, help, example, children }: Props) {
  return (
    <div className="teach">
      <h2>{title}</h2>
      <p>{help}</p>
      {example ? <p className="muted">{example}</p> : null}
      {children ? <div className="row">{children}</div> : null}
    </div>
  );
}
