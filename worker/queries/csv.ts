/** A line of a CSV file, as RFC 4180 has it. */
export const record = (cells: string[]) => `${cells.map(cell).join(',')}\r\n`

/** A quoted cell; what a spreadsheet would take for a formula is text by the apostrophe before it. */
const cell = (text: string) => `"${text.replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`
