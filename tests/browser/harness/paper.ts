// What a browser would print.

/** How many pages a PDF has: it names each as an object of its own. */
export const pdfPages = (pdf: Buffer): number => pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
