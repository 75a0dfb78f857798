/** Names of files, as somebody else chose them: to be shown, never to be a path. */

const MAX_LENGTH = 120
const MAX_EXTENSION = 16

// Direction marks turn `gpj.exe` around; joiners belong to emoji and to some scripts.
const INVISIBLE = /[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/gu
const PILED_MARKS = /(\p{M}{3})\p{M}+/gu

const cut = (text: string, length: number): string => Array.from(text).slice(0, length).join('')

/** The last part of a path, without what cannot be seen, at most 120 characters and with its extension. `file` when nothing is left. */
export const cleanName = (name: string): string => {
  const base = name.slice(-4_096).split(/[/\\]/).at(-1)!
  const clean = base.normalize('NFC').replace(INVISIBLE, '').replace(PILED_MARKS, '$1').replace(/\s+/gu, ' ').replace(/^[\s.]+|[\s.]+$/gu, '')
  if (clean === '') return 'file'
  if (Array.from(clean).length <= MAX_LENGTH) return clean
  const dot = clean.lastIndexOf('.')
  const extension = dot > 0 && clean.length - dot <= MAX_EXTENSION ? clean.slice(dot) : ''
  return cut(clean, MAX_LENGTH - extension.length) + extension
}

/** `Content-Disposition` for any name: plain letters for old readers, all of it for the others (RFC 6266). */
export const dispositionOf = (kind: 'inline' | 'attachment', name: string): string => {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(name).replace(/['()*!]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`
}
