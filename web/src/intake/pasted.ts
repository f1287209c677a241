// Rows copied from a spreadsheet come with tabs between cells; the server reads CSV.

/** Tab-separated rows as CSV; text that has no tabs is taken to be CSV already. */
export function pastedToCsv(text: string): string {
  const clean = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "");
  if (!clean.includes("\t")) return `${clean}\n`;
  return `${cellsOf(clean)
    .map((row) => row.map(quoted).join(","))
    .join("\n")}\n`;
}

/** Spreadsheets put a cell with line breaks or tabs in quotes, and double the quotes in it. */
function cellsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = "";
  let inQuotes = false;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    if (inQuotes) {
      if (c === '"' && text[i + 1] === '"') cell += text[(i += 1)];
      else if (c === '"') inQuotes = false;
      else cell += c;
    } else if (c === '"' && cell === "") inQuotes = true;
    else if (c === "\t" || c === "\n") {
      rows[rows.length - 1]?.push(cell);
      cell = "";
      if (c === "\n") rows.push([]);
    } else cell += c;
  }
  rows[rows.length - 1]?.push(cell);
  return rows;
}

function quoted(cell: string): string {
  return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
