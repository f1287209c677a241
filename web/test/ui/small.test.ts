import { expect, test } from "vitest";
import { areLoading, challengesOf, inUseOf } from "../../src/api/challenges.ts";
import { CHALLENGES } from "../../src/generated/domain.ts";
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

test("r48 the ten challenges are in use once one knows that the team has no others, and for who may not read the register", () => {
  const register = [{ kind: "case" }, { kind: "register" }];
  expect(areLoading([], "loading")).toBe(true);
  expect(areLoading(register, "loading")).toBe(true);
  expect(areLoading(register, "ready")).toBe(false);
  expect(areLoading(register, "unavailable")).toBe(false);
  expect(areLoading([{ kind: "model" }], "loading")).toBe(false);
  expect(inUseOf(challengesOf(undefined), true)).toEqual([]);
  expect(inUseOf(challengesOf({}), false).map((one) => one.key)).toEqual([...CHALLENGES]);
  const own = { challenges: { a: { name: "Vår", order: "a" }, b: { name: "Gammel", unused: "yes", order: "b" } } };
  expect(inUseOf(challengesOf(own), false).map((one) => one.name)).toEqual(["Vår"]);
});
