/** Tables in Markdown. */
export type Cell = string | number

const isFigure = (cell: Cell): boolean => typeof cell === 'number' || /^[>≤\d–-]/.test(cell)

/** Columns of figures are aligned to the right. */
export const table = (head: readonly string[], rows: readonly (readonly Cell[])[]): string => {
  const line = (cells: readonly Cell[]): string => `| ${cells.join(' | ')} |`
  const rule = head.map((_, index) => (index > 0 && rows.every((row) => isFigure(row[index]!)) ? '---:' : '---'))
  return [line(head), line(rule), ...rows.map(line)].join('\n')
}
