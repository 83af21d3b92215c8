import { browser } from './service.mjs';
import { writeFileSync, copyFileSync, mkdirSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
const who = process.argv[2];
mkdirSync('/tmp/lead/cards', { recursive: true }); mkdirSync('/tmp/lead/tls/ca', { recursive: true });
copyFileSync('/tmp/demo/tls/ca/test-root.pem', '/tmp/lead/tls/ca/test-root.pem');
writeFileSync('/tmp/lead/all.pem', execFileSync('openssl', ['pkcs12','-in',`/tmp/demo/cards/${who}.p12`,'-passin','pass:demo','-nodes','-legacy']));
execFileSync('openssl', ['pkcs12','-export','-in','/tmp/lead/all.pem','-out','/tmp/lead/cards/card.p12','-passout','pass:web']);
const office = { dir: '/tmp/lead', web: 'https://localhost:8443', card: 'https://localhost:8444' };
const b = await browser(office);
const ctx = await b.chrome.newContext({ viewport: { width: 1200, height: 900 }, locale: 'zh-TW' });
const page = await ctx.newPage();
let n = 0;
const shot = async name => { await page.screenshot({ path: `/tmp/lead/${who}-${String(n++).padStart(2,'0')}-${name}.png`, fullPage: true }); console.log(name, page.url(), await page.title()); };
try {
await page.goto(office.card + '/'); await page.click('button'); await page.waitForLoadState(); await shot('home');
for (const step of process.argv.slice(3)) {
  const [kind, ...rest] = step.split('='); const v = rest.join('=');
  if (kind === 'click') { await page.click(v, {timeout: 4000}); await page.waitForLoadState(); await shot('click'); }
  if (kind === 'goto') { await page.goto(office.card + v); await shot(v.replace(/\W+/g,'_')); }
  if (kind === 'file') { const [sel, f] = v.split('::'); await page.setInputFiles(sel, f); }
  if (kind === 'fill') { const [sel, val] = v.split('::'); const el = await page.$(sel); const tag = await el.evaluate(e=>e.tagName); if (tag==='SELECT') await page.selectOption(sel, val); else await page.fill(sel, val); }
}
} catch (e) { console.log(String(e).slice(0, 400)); await shot('error'); } finally { await b.close(); }
