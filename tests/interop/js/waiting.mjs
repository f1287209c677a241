// Waiting for events, each wait with a bound and a name: a test that hangs says what it waited for.

const WAIT_MS_MAX = 15_000

/** The promise, or an error that names what did not happen in time. */
export function bounded(promise, what, waitMs = WAIT_MS_MAX) {
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${waitMs} ms for ${what}`)), waitMs)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

/** Resolves when `holds` returns something true: at once, or after an event of one of the emitters. */
export function until(emitters, event, holds, what) {
  const all = [emitters].flat()
  let look
  const held = new Promise((resolve, reject) => {
    look = () => {
      try {
        const value = holds()
        if (value) resolve(value)
      } catch (error) {
        reject(error)
      }
    }
    all.forEach(emitter => emitter.on(event, look))
    look()
  })
  return bounded(held, what).finally(() => all.forEach(emitter => emitter.off(event, look)))
}

/** Resolves when both documents have the same heads. */
export function alike(one, other, what) {
  return until([one, other], 'heads-changed', () => sameHeads(one.heads(), other.heads()), what)
}

export const sameHeads = (some, others) =>
  some !== undefined && others !== undefined && [...some].sort().join() === [...others].sort().join()
