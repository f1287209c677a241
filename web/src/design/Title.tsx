// The heading of a screen: names the tab, and takes the focus when the screen opens.

export function Title({ children, tab, hidden }: { children: React.ReactNode; tab: string; hidden?: boolean }) {
  return (
    <>
      <title>{`${tab} – Samverk`}</title>
      <h1 tabIndex={-1} className={hidden ? "vh" : undefined}>
        {children}
      </h1>
    </>
  );
}
