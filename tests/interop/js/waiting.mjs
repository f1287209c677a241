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

/** Resolves when `holds` returns something true: at once, or after one of the events. Gives what it returned. */
export function until(emitter, events, holds, what) {
  const names = [events].flat()
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
    names.forEach(name => emitter.on(name, look))
    look()
  })
  return bounded(held, what).finally(() => names.forEach(name => emitter.off(name, look)))
}
