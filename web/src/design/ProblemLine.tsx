// What did not work, said where it was tried, and read out at once.

/** Nothing while there is nothing to say. */
export function ProblemLine({ children }: { children?: React.ReactNode }) {
  if (!children) return null;
  return (
    <p className="sentence bad" role="alert">
      {children}
    </p>
  );
}
