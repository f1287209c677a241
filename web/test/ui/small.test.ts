import { expect, test } from "vitest";
import { readNumber } from "../../src/coding/numbers.ts";
import { initials } from "../../src/design/initials.ts";
import { findCommands } from "../../src/frame/commands.ts";
import { pathOfLink } from "../../src/join/links.ts";

const SECRET = "aB3_-".repeat(8) + "xyz";

test("a pasted link leads in, whatever stands before it", () => {
  expect(pathOfLink(`https://samverk.example/bli-med#${SECRET}`)).toBe(`/bli-med#${SECRET}`);
  expect(pathOfLink(`  Bli med her: http://localhost:8080/eier#${SECRET} `)).toBe(`/eier#${SECRET}`);
});

test("half a link, or another address, leads nowhere", () => {
  expect(pathOfLink("https://samverk.example/bli-med#kort")).toBeUndefined();
  expect(pathOfLink(`https://samverk.example/w/abc#${SECRET}`)).toBeUndefined();
});

test("initials are of the first and last word", () => {
  expect(initials("Ingrid Anne Solheim")).toBe("IS");
  expect(initials("berit")).toBe("BE");
  expect(initials("  ")).toBe("?");
});

test("numbers are read as people here write them", () => {
  expect(readNumber("2,5")).toBe(2.5);
  expect(readNumber("1 200")).toBe(1200);
  expect(readNumber(" ")).toBeNull();
  expect(readNumber("ca. 4")).toBeUndefined();
});

test("the palette puts a whole code first, then beginnings", () => {
  const command = (code: string, label: string) => ({
    id: code,
    code,
    label,
    section: "",
    run: () => undefined,
  });
  const all = [command("N10", "Med n1 i"), command("N1", "Alfa"), command("N12", "Beta")];
  expect(findCommands(all, "n1").map(({ id }) => id)).toEqual(["N1", "N10", "N12"]);
});
