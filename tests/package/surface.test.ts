import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { packPackage, root, run } from './support/pack.ts'

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>
}

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest

describe('published package', () => {
  it('[PK1] has a file for every entry that it names', () => {
    for (const target of Object.values(manifest.exports)) {
      for (const file of typeof target === 'string' ? [target] : [target.types, target.default]) {
        expect(existsSync(join(root, file)), file).toBe(true)
      }
    }
  })

  it.each(Object.entries(manifest.exports).flatMap(([name, target]) => (typeof target === 'string' ? [] : [[name, target.default] as const])))(
    '[PK2] entry %s exports what it did, and loads in plain Node',
    async (name, file) => {
      const module = (await import(pathToFileURL(join(root, file)).href)) as Record<string, unknown>
      expect(Object.keys(module).sort()).toMatchSnapshot(name)
    },
  )

  it('[PK3] passes publint and are-the-types-wrong', () => {
    const tarball = packPackage()
    run('npx', ['--no-install', 'publint', '--strict'], root)
    run('npx', ['--no-install', 'attw', tarball, '--profile', 'esm-only', '--exclude-entrypoints', 'style.css', 'room.css', 'package.json'], root)
  })

  it('[PK4] keeps Vue, Pinia and VueUse outside', () => {
    const code = readFileSync(join(root, 'dist/index.js'), 'utf8')
    expect(code).toMatch(/from ["']vue["']/)
    expect(code).not.toContain('@vue/reactivity')
    expect(existsSync(join(root, 'dist/node_modules'))).toBe(false)
  })
})
