// Which commands of the palette fit what was typed.

export interface Command {
  id: string;
  code?: string;
  label: string;
  lang?: string;
  section: string;
  run(): void;
}

/** Rows shown at once; more are found by typing more. */
const SHOWN_MAX = 12;

/** The best fits, codes before beginnings of words before anything within. */
export function findCommands(commands: Command[], text: string): Command[] {
  const wanted = text.trim().toLocaleLowerCase("nb");
  if (!wanted) return commands.slice(0, SHOWN_MAX);
  const ranked = commands.map((command) => ({ command, rank: rankOf(command, wanted) }));
  const fitting = ranked.filter(({ rank }) => rank > 0).sort((a, b) => b.rank - a.rank);
  return fitting.slice(0, SHOWN_MAX).map(({ command }) => command);
}

function rankOf(command: Command, wanted: string): number {
  const label = command.label.toLocaleLowerCase("nb");
  const code = command.code?.toLocaleLowerCase("nb") ?? "";
  if (code === wanted) return 5;
  if (label.startsWith(wanted)) return 4;
  if (code.startsWith(wanted)) return 3;
  if (label.includes(` ${wanted}`)) return 2;
  return label.includes(wanted) ? 1 : 0;
}
