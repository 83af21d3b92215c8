// Test Anything Protocol, one line a test; a failing test says why and does not stop the others.
const tests = [];
export const test = (name, run) => tests.push({ name, run });

export function equal(have, want, what = 'value') {
  if (have !== want) throw new Error(`${what}: ${JSON.stringify(have)} instead of ${JSON.stringify(want)}`);
}
export function ok(value, what) {
  if (!value) throw new Error(what);
}
export function has(text, part) {
  if (!text.includes(part)) throw new Error(`"${part}" is missing in ${JSON.stringify(text.slice(0, 400))}`);
}

export async function runAll() {
  let failed = 0;
  console.log(`1..${tests.length}`);
  for (const [index, { name, run }] of tests.entries()) {
    let why = null;
    try { await run(); } catch (error) { why = error; }
    console.log(`${why ? 'not ok' : 'ok'} ${index + 1} - ${name}`);
    if (why) {
      failed++;
      console.log(`# ${String(why.stack ?? why).split('\n').slice(0, 4).join('\n# ')}`);
    }
  }
  return failed;
}
