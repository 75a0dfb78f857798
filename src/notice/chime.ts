/** Two soft notes, made on the spot: nothing is fetched. */

/** Frequency in hertz and start in seconds of each note: a fifth upwards. */
const NOTES = [
  [587.33, 0],
  [880, 0.09],
] as const
const NOTE_S = 0.32

/** @param volume 0 to 1 @returns when it is over */
export const chime = async (context: AudioContext, volume: number): Promise<void> => {
  await context.resume()
  const start = context.currentTime + 0.01
  const ends = NOTES.map(([hertz, at]) => {
    const tone = context.createOscillator()
    const gain = context.createGain()
    tone.frequency.value = hertz
    // Neither end may jump: a jump is a click. An exponential ramp cannot reach 0.
    gain.gain.setValueAtTime(0.0001, start + at)
    gain.gain.exponentialRampToValueAtTime(Math.max(volume, 0.0002), start + at + 0.015)
    gain.gain.exponentialRampToValueAtTime(0.0001, start + at + NOTE_S)
    tone.connect(gain).connect(context.destination)
    tone.start(start + at)
    tone.stop(start + at + NOTE_S)
    return new Promise<void>((done) => {
      tone.onended = () => done()
    })
  })
  await Promise.all(ends)
  // A context that runs keeps the audio device awake.
  await context.suspend()
}
