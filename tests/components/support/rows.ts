/** All rows of a list, from the first to the last. */
export const listed = <Row>(rows: { readonly length: number; at(index: number): Row | undefined }): readonly Row[] =>
  Array.from({ length: rows.length }, (_, index) => rows.at(index)!)
