/** Randomness of the environment, the default of `createId` and `random`. */

/** A random UUID (version 4). Works on insecure pages too, where browsers hide `crypto.randomUUID`. */
export const createId = (): string =>
  'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, () => ((crypto.getRandomValues(new Uint8Array(1))[0] ?? 0) & 15).toString(16))

export const systemRandom = (): number => Math.random()
