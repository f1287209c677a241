// What is asked of the suggestions, in the address.
import { useSearchParams } from "react-router";

export const SIZES = [8, 10, 12, 15, 20, 25, 30, 40];
/** As `views/selection` has it. */
const SIZE = 20;

export function useAskedSize(): { size: number; keep: boolean; set(key: "antall" | "behold", value: string): void } {
  const [params, setParams] = useSearchParams();
  const size = Number(params.get("antall"));
  const set = (key: string, value: string) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        if (value) next.set(key, value);
        else next.delete(key);
        return next;
      },
      { replace: true, preventScrollReset: true },
    );
  return { size: SIZES.includes(size) ? size : SIZE, keep: params.get("behold") === "ja", set };
}
