import type { Frame } from './frames.ts'

/** Writes a frame as the text that goes over the wire. */
export const encode = (frame: Frame): string => JSON.stringify(frame)
