// Fails where something acknowledged is missing, a server died, or a scenario did not end. usage: node smoke.mjs RESULTS
import { Results } from "./results.mjs"

const results = new Results(process.argv[2])
const played = results.all.filter(result => result.scenario !== "machine")
const faults = results.failed.map(result => `${result.arguments} ended with ${result.failed}`)
for (const { scenario, kind = "", acked, acked_missing: missing, lives, broken } of played) {
  if (missing > 0) faults.push(`${scenario} ${kind}: ${missing} of ${acked} acknowledged edits are missing`)
  if (acked === 0) faults.push(`${scenario} ${kind}: nothing was acknowledged`)
  if (broken > 0) faults.push(`${scenario} ${kind}: ${broken} honest connections were ended`)
  if (lives === false) faults.push(`${scenario} ${kind}: the server died`)
}
if (played.length === 0) faults.push("nothing was played")
faults.forEach(fault => console.error(fault))
const acked = played.reduce((sum, result) => sum + (result.acked ?? 0), 0)
console.log(`load: ${played.length} runs, ${acked} edits acknowledged, ${faults.length} faults`)
process.exit(faults.length ? 1 : 0)
