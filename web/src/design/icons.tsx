// The icons Aksel does not have: the selection marks, the cloud with a tick, our own mark.

/** Samverk's mark: a circle and a square that share a corner. */
export function SamverkMark() {
  return (
    <svg
      width="24"
      height="24"
      viewBox="0 0 24 24"
      aria-hidden="true"
      fill="none"
      stroke="var(--accent)"
      strokeWidth="2.4"
    >
      <circle cx="9" cy="9" r="6.5" />
      <rect x="9" y="9" width="12.5" height="12.5" rx="2.5" />
    </svg>
  );
}

/** Saved on the server. */
export function CloudTick() {
  return (
    <svg
      className="ic"
      viewBox="0 0 18 18"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
    >
      <path
        d="M5.500 14a3.500 3.500 0 0 1-.3-7A4.500 4.500 0 0 1 13.800 8a3 3 0 0 1-.3 6z"
        strokeLinejoin="round"
      />
      <path d="M6.800 10.300l1.700 1.700 3-3" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

/** Selected in. */
export function TickDisc() {
  return (
    <svg viewBox="0 0 18 18" aria-hidden="true" fill="none">
      <circle cx="9" cy="9" r="7.2" fill="currentColor" />
      <path
        d="M5.800 9.200l2.300 2.300L12.300 7"
        stroke="var(--surface)"
        strokeWidth="1.8"
        strokeLinecap="round"
      />
    </svg>
  );
}

/** In reserve. */
export function HalfDisc() {
  return (
    <svg viewBox="0 0 18 18" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.6">
      <circle cx="9" cy="9" r="6.5" />
      <path d="M9 2.500a6.500 6.500 0 0 1 0 13z" fill="currentColor" />
    </svg>
  );
}

/** Deselected. */
export function MinusRing() {
  return (
    <svg viewBox="0 0 18 18" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.6">
      <circle cx="9" cy="9" r="6.5" />
      <path d="M6 9h6" strokeLinecap="round" />
    </svg>
  );
}

/** Not assessed. */
export function DashedRing() {
  return (
    <svg viewBox="0 0 18 18" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.6">
      <circle cx="9" cy="9" r="6.5" strokeDasharray="2.8 2.2" />
    </svg>
  );
}
