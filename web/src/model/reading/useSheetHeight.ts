// How far a page goes over a sheet of A4, read off a copy laid out in the width of the paper.
import { useEffect, useRef, useState } from "react";

/** CSS pixels in a millimetre. */
const MM = 96 / 25.4;
/** A4 without the margins of `sheet.css`. */
const HEIGHT_MM = 297 - 2 * 12;

export function useSheetHeight(): { measured: React.RefObject<HTMLDivElement | null>; overMm: number } {
  const measured = useRef<HTMLDivElement>(null);
  const [overMm, setOver] = useState(0);
  useEffect(() => {
    const page = measured.current;
    if (!page) return;
    const sized = new ResizeObserver(() => setOver(Math.max(0, Math.ceil(page.offsetHeight / MM - HEIGHT_MM))));
    sized.observe(page);
    return () => sized.disconnect();
  }, []);
  return { measured, overMm };
}
