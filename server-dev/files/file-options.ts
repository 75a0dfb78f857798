/** What `attachChat({ files })` takes. */
import { KNOWN_TYPES } from './sniff.ts'

export interface FileOptions {
  /** Where the bytes lie; made when missing. Each database needs its own. @default `<database>.files`, or a temporary folder for `:memory:` */
  readonly directory?: string
  /** Bytes of one file; told to clients as `limits.fileBytes`. @default 10485760, 10 MiB */
  readonly maxBytes?: number
  /** Files of one message; told to clients as `limits.attachments`. @default 10 */
  readonly perMessage?: number
  /** Bytes of all files of one user. @default 524288000, 500 MiB */
  readonly perUserBytes?: number
  /** Bytes of all files. @default 10737418240, 10 GiB */
  readonly totalBytes?: number
  /** Types that are taken, as they are found in the bytes; `image/*` stands for all of a kind. @default all that are known, and what is not */
  readonly types?: readonly string[]
  /** What was not sent for this long is removed, in milliseconds. @default 86400000, a day */
  readonly unsentMs?: number
  /** How long an upload may take, in milliseconds. @default 600000, ten minutes */
  readonly uploadMs?: number
  /** An upload that brings nothing for this long is given up, in milliseconds. @default 20000 */
  readonly idleMs?: number
}

export interface FileSettings extends Required<Omit<FileOptions, 'directory'>> {
  readonly directory: string | undefined
}

const MIB = 1024 * 1024

const isKnown = (type: string): boolean => KNOWN_TYPES.some((known) => isTypeIn(known, [type]))

/** @param types may hold `image/*` */
export const isTypeIn = (type: string, types: readonly string[]): boolean =>
  types.some((each) => each === type || (each.endsWith('/*') && type.startsWith(each.slice(0, -1))))

/** Throws a TypeError with the fix for a value that can never work. */
export const resolveFiles = (options: FileOptions | boolean | undefined): FileSettings | undefined => {
  if (options === false) return undefined
  const given = typeof options === 'object' ? options : {}
  const settings: FileSettings = {
    maxBytes: 10 * MIB,
    perMessage: 10,
    perUserBytes: 500 * MIB,
    totalBytes: 10 * 1024 * MIB,
    types: KNOWN_TYPES,
    unsentMs: 24 * 3_600_000,
    uploadMs: 600_000,
    idleMs: 20_000,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    directory: given.directory,
  }
  for (const name of ['maxBytes', 'perMessage', 'perUserBytes', 'totalBytes', 'unsentMs', 'uploadMs', 'idleMs'] as const) {
    if (!Number.isSafeInteger(settings[name]) || settings[name] < 1) throw new TypeError(`attachChat: files.${name} must be a whole number above 0.`)
  }
  const unknown = settings.types.find((type) => !isKnown(type))
  if (unknown !== undefined) {
    throw new TypeError(`attachChat: files.types cannot hold "${unknown}", which is never found; it takes ${KNOWN_TYPES.join(', ')}, and "image/*" and the like.`)
  }
  return settings
}
