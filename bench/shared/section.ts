/** The part of a page that a bench writes. */
import { readFile, writeFile } from 'node:fs/promises'

/**
 * Puts the text between `<!-- name -->` and `<!-- /name -->`.
 * @throws when the page has lost them
 */
export const writeSection = async (file: string, name: string, text: string): Promise<void> => {
  const page = await readFile(file, 'utf8')
  const between = new RegExp(`(?<=<!-- ${name} -->\\n).*(?=<!-- /${name} -->)`, 's')
  if (!between.test(page)) throw new Error(`${file} has lost its markers <!-- ${name} --> and <!-- /${name} -->.`)
  await writeFile(file, page.replace(between, () => `\n${text}\n\n`))
}
