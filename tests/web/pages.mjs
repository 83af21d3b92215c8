// usage: node pages.mjs BUILD
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import tls from 'node:tls';
import { browser, call, service, sleep } from './service.mjs';
import { equal, has, ok, runAll, test } from './tap.mjs';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const office = await service(process.argv[2]);
const { chrome, close } = await browser(office);
const desk = { viewport: { width: 1280, height: 900 } }, phone = { viewport: { width: 390, height: 844 } };
const plain = await chrome.newContext({ ...desk, javaScriptEnabled: false }); // every flow works without script
const small = await chrome.newContext(phone);
const shots = process.env.SHOTS;
let page, token;

async function shot(where, name) {
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  await where.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
}
const text = async (selector = 'main') => (await page.locator(selector).allInnerTexts()).join('\n');

async function ask(fields = {}) {
  await page.goto(`${office.web}/ask?case_no=${fields.case_no ?? '113-0041'}`);
  await page.fill('#subject', fields.subject ?? '1');
  await page.selectOption('#legal_basis', 'B_LOW');
  for (const name of ['anchor_date', 'reason']) if (fields[name]) await page.fill(`#${name}`, fields[name]);
  if (fields.waits_for) await page.selectOption('#waits_for', fields.waits_for);
  await page.click('form.sheet button');
}

test('without a session the tasks lead to the sign-in page, and that to the card listener', async () => {
  page = await plain.newPage();
  await page.goto(office.web + '/');
  equal(page.url(), office.web + '/sign-in');
  await shot(page, 'sign-in');
  has(await text('.demo'), '示範資料');
  await page.click('main a.button');
  equal(page.url(), office.card + '/sign-in');
  await shot(page, 'sign-in-card');
});

test('the card signs in by the browser\'s own TLS; the cookie is host-bound and serves both listeners', async () => {
  await page.click('main form button');
  equal(page.url(), office.card + '/');
  has(await text('.who'), '林怡君');
  const [cookie] = (await plain.cookies()).filter(c => c.name === '__Host-session');
  ok(cookie.httpOnly && cookie.secure && cookie.sameSite === 'Strict' && cookie.path === '/', 'weak cookie');
  token = cookie.value;
  await page.goto(office.web + '/');
  has(await text(), '113-0041');
  await shot(page, 'home');
  await small.addCookies([{ ...cookie, domain: 'localhost' }]);
});

test('a question is asked with the keyboard only', async () => {
  await page.goto(office.web + '/ask');
  await page.focus('#case_no');
  await page.keyboard.type('113-0041');
  await page.keyboard.press('Tab');
  await page.keyboard.type('1');
  await page.selectOption('#legal_basis', 'B_LOW'); // how a list is chosen from differs by system
  await page.focus('#anchor_date');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('1131231');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.outcome');
  has(await text(), '符合');
  has(await text(), '居住國內共312日');
  has(await text(), '已登錄日誌');
  await shot(page, 'answer-eligible');
});

test('an answer that needs a person says why, and shows the calendar', async () => {
  await ask({ subject: '3' });
  has(await text(), '需人工認定');
  has(await text(), '其他可採之方式');
  ok(await page.locator('svg.calendar rect').count() > 360, 'no calendar');
  await shot(page, 'answer-review');
  await ask({ subject: '2' });
  has(await text(), '不符');
  await shot(page, 'answer-not-eligible');
});

test('a refusal names the rule and the next step, and an identity number stays out of the address', async () => {
  await ask({ subject: 'A123456789' });
  has(await text(), 'G3.4b');
  has(await text(), '下一步');
  ok(!page.url().includes('A123456789') && !(await page.content()).includes('A123456789'), 'number shown');
  await shot(page, 'refused');
});

test('a question that needs a second person leads to the request, the request to the code, and the code to the answer', async () => {
  const history = async (code) => {
    await page.goto(office.web + '/ask?case_no=113-0041&subject=1');
    await page.selectOption('#legal_basis', 'B_LOW');
    await page.selectOption('#range', 'history');
    await page.selectOption('#reason_code', 'court');
    if (code) await page.fill('#authorization', code);
    await page.focus('#authorization');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.outcome');
  };
  await history();
  has(await text(), 'two_person.before');
  has(await text(), '請求授權');
  await shot(page, 'second-person-needed');
  await page.focus('main a.button');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#ask_count');
  equal(await page.inputValue('#case_no'), '113-0041');
  equal(await page.inputValue('#range'), 'history');
  await shot(page, 'request-authorization');
  await page.focus('#ask_count');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.outcome');
  has(await text(), '完成');
  await page.goto(office.card + '/lists/open_authorizations');
  await shot(page, 'open-authorizations');
  await page.click('main td a');
  await page.click('form.sheet button');
  has(await text(), '重要步驟');
  await shot(page, 'grant-signed');
  await page.locator('details summary').last().click(); // without script no card is reached
  await page.click('details form button');
  has(await text(), '7K2QF-0M9XB');
  has(await text(), '僅顯示這一次');
  await shot(page, 'code-told');
  await history('7K2QF-0M9XB');
  has(await text(), '符合');
});

test('wrong fields are marked, what was typed stays, nothing is asked', async () => {
  await ask({ anchor_date: '107072' });
  has(await text('.wrong'), '六位數字');
  equal(await page.inputValue('#anchor_date'), '107072');
  equal(await page.inputValue('#subject'), '1');
  await shot(page, 'ask-wrong');
});

test('a question can wait for a person, whose pasted rows are the answer', async () => {
  await ask({ waits_for: 'person' });
  has(await text(), '待登錄結果');
  await page.click('.outcome a.button');
  has(await text(), '請登出移民署系統');
  await shot(page, 'paste');
  await page.fill('#lines', '1 出境 20250310\n2 入境 20250402');
  await page.click('form.sheet button');
  has(await text(), '符合');
});

test('other items are entered by a form looped from the agency\'s columns', async () => {
  await page.goto(office.web + '/paste?asked=433');
  has(await text(), '申請案號');
  ok(await page.locator('form.sheet fieldset').count() === 4, 'three rows and the ending');
  await page.fill('[id="r1.application_no"]', 'X-1');
  await page.fill('[id="r1.received_on"]', '1130101');
  await shot(page, 'paste-item');
  await page.click('form.sheet button');
  ok((await text()).length > 0, 'no reply');
});

test('a list is previewed before anything changes', async () => {
  await page.goto(office.web + '/import');
  await page.selectOption('#import_kind', 'calendar');
  await page.setInputFiles('#file', { name: 'c.csv', mimeType: 'text/csv', buffer: Buffer.from('day,day_kind\n2026-10-10,holiday\n') });
  await page.click('form.sheet button');
  has(await text(), '目前尚未變更');
  await shot(page, 'import-preview');
  await page.click('form.sheet button');
  has(await text(), '已匯入');
});

test('every command of people has a form; a case party is added by one', async () => {
  await page.goto(office.web + '/do/add_party?case_no=113-0041');
  for (const [name, value] of [['id_no', 'A123456789'], ['name', '王小明'], ['intake_no', 'I-1'], ['received_on', '1150101']])
    await page.fill(`#${name}`, value);
  await page.selectOption('#person_kind', 'registered_national');
  await page.selectOption('#relation', 'claimant');
  await shot(page, 'add-party');
  await page.click('form.sheet button');
  has(await text(), '完成');
});

test('English is one click away and back', async () => {
  await page.goto(office.web + '/queries');
  await page.click('.who a[hreflang=en]');
  await page.goto(office.web + '/ask');
  has(await text('h1'), 'Ask a question');
  await shot(page, 'ask-english');
  await page.click('.who a[hreflang]');
  equal(await page.getAttribute('html', 'lang'), 'zh-Hant-TW');
});

const paths = ['/sign-in', '/card-help', '/signature', '/', '/ask', '/queries', '/query?asked=430', '/case?no=113-0041', '/paste?asked=430', '/paste?asked=433', '/import',
  '/log', '/receipt?entry=412', '/about', '/nope', '/do/open_case', '/do/appoint_duty', '/do/propose_basis',
  ...['my_tasks', 'people', 'grants', 'refusals', 'bases', 'parameters', 'proposals', 'editions', 'offices', 'calendar', 'status',
    'open_acceptances', 'open_authorizations', 'my_authorizations', 'not_justified', 'office_queries',
    'offices_lacking', 'handover', 'my_grants'].map(sheet => `/lists/${sheet}`)];

async function accessible(where) {
  await where.evaluate(axeSource);
  const found = await where.evaluate(() => window.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  return found.violations.map(v => `${v.id} at ${v.nodes[0].target}`);
}

for (const [name, context] of [['a desk', null], ['a phone', small]])
  test(`every page passes WCAG 2.2 AA checks and fits at the width of ${name}`, async () => {
    const scripted = context ?? await chrome.newContext(desk);
    await scripted.addCookies([{ name: '__Host-session', value: token, domain: 'localhost', path: '/', secure: true, httpOnly: true, sameSite: 'Strict' }]);
    const wrong = [], one = await scripted.newPage();
    for (const path of paths) {
      await one.goto(office.web + path);
      for (const what of await accessible(one)) wrong.push(`${path}: ${what}`);
      if (await one.evaluate(() => document.scrollingElement.scrollWidth > window.innerWidth)) wrong.push(`${path}: wider than the window`);
      if (await one.evaluate(() => document.scripts.length) !== (path === '/sign-in' ? 1 : 0)) wrong.push(`${path}: has a script`);
      if (context) await shot(one, `phone${path.replace(/\W+/g, '-')}`);
    }
    equal(wrong.join('\n'), '', 'findings');
    await one.close();
  });

test('answers pass WCAG 2.2 AA checks', async () => {
  const one = await small.newPage(), wrong = [];
  for (const subject of ['1', '2', '3', '9']) {
    await one.goto(office.web + '/ask?case_no=113-0041');
    await one.fill('#subject', subject);
    await one.selectOption('#legal_basis', 'B_LOW');
    await one.click('form.sheet button');
    await one.waitForSelector('.outcome');
    for (const what of await accessible(one)) wrong.push(`${subject}: ${what}`);
    await shot(one, `phone-answer-${subject}`);
  }
  equal(wrong.join('\n'), '', 'findings');
});

test('every reply carries the strict headers', async () => {
  for (const path of ['/', '/sign-in', '/nope', '/api/v1/sheets/bases', '/healthz']) {
    const { headers } = await call(office, { path });
    has(headers['content-security-policy'], "default-src 'none'");
    if (path !== '/sign-in') ok(!headers['content-security-policy'].includes('script'), 'script allowed');
    equal(headers['cache-control'], 'no-store', path);
    equal(headers['x-content-type-options'], 'nosniff');
    ok(headers['strict-transport-security'] && headers['referrer-policy'], 'headers missing');
  }
});

const FORM = 'application/x-www-form-urlencoded';
const post = (path, body, headers = {}) => call(office, { path, method: 'POST', body,
  headers: { 'Content-Type': FORM, Cookie: `__Host-session=${token}`, ...headers } });

test('forms without their token, from elsewhere, too large or malformed are refused', async () => {
  equal((await post('/ask', 'case_no=1')).status, 403, 'no token');
  equal((await post('/ask', 'csrf=x')).status, 403, 'wrong token');
  equal((await post('/ask', 'csrf=x', { Origin: 'https://evil.example' })).status, 403, 'origin');
  equal((await post('/ask', 'csrf=x', { 'Sec-Fetch-Site': 'cross-site' })).status, 403, 'site');
  equal((await post('/ask', 'a=%zz')).status, 400, 'escape');
  equal((await post('/ask', 'a=' + 'x'.repeat(70000))).status, 413, 'size');
  equal((await post('/ask', '{}', { 'Content-Type': 'application/json' })).status, 415, 'type');
  has((await post('/sign-in', 'cms=AAAA&nonce=x')).text, 'G3.4a');
  equal((await post('/queries', '')).status, 405, 'method');
  equal((await call(office, { path: '/a/../b' })).status, 400, 'dots');
  equal((await call(office, { path: '/ask?a=%ff' })).status, 400, 'bytes');
  equal((await call(office, { path: '/' + 'x'.repeat(3000) })).status, 414, 'length');
  equal((await call(office, { path: '/', method: 'DELETE' })).status, 405, 'delete');
});

// Bytes as they are; resolves with the status line, or '' when the connection was just closed.
function raw(bytes) {
  return new Promise(done => {
    let seen = '';
    const line = tls.connect({ host: 'localhost', port: office.webPort, ca: office.ca }, () => line.write(bytes));
    line.setTimeout(3000, () => line.destroy());
    line.on('data', part => { seen += part; line.end(); });
    line.on('close', () => done(seen.split('\r\n')[0])).on('error', () => {});
  });
}

test('ambiguous and oversized requests are rejected, never repaired', async () => {
  const host = 'Host: localhost\r\n';
  for (const [bytes, want] of [
    [`GET / HTTP/1.1\r\n${host}${host}\r\n`, '400'],
    ['GET / HTTP/1.1\r\n\r\n', '400'],
    [`POST /sign-in HTTP/1.1\r\n${host}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, '400'],
    [`POST /sign-in HTTP/1.1\r\n${host}Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde`, '400'],
    [`GET / HTTP/1.1\r\n${host}Cookie: a=1\r\nCookie: b=2\r\n\r\n`, '400'],
    [`GET / HTTP/1.1\r\n${host}${'X: y\r\n'.repeat(80)}\r\n`, '431'],
    [`GET / HTTP/1.1\r\n${host}X: ${'y'.repeat(40000)}\r\n\r\n`, '431'],
    ['\x00\x01\x02\r\n\r\n', ''],
  ]) {
    const line = await raw(bytes);
    ok(want ? line.includes(` ${want} `) || line === '' : !line.includes(' 200 '), `${JSON.stringify(bytes.slice(0, 60))} -> ${line}`);
  }
  equal((await call(office, { path: '/healthz' })).status, 200, 'alive');
});

const API = { card: true, headers: { 'Content-Type': 'application/json' } };
const question = { case_no: '113-0041', subject: '1', legal_basis: 'B_LOW', purpose: 'yearly_recheck', item: 'item_1', range: 'residence', anchor_date: '2024-12-31' };

test('the interface for programs gives the same verdicts', async () => {
  const api = (path, body, more = {}) => call(office, { ...API, ...more, path: '/api/v1' + path, ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}) });
  const granted = JSON.parse((await api('/commands/ask', question)).text);
  equal(granted.verdict, 'granted');
  equal(granted.answer.verdict, 'eligible');
  ok(granted.entry > granted.asked_entry && granted.receipt === 'pending', 'entries');
  const refused = await api('/commands/ask', { ...question, subject: '9' });
  equal(refused.status, 200);
  equal(JSON.parse(refused.text).refusal, 'subject_not_in_case');
  equal(JSON.parse(refused.text).rule, 'G3.4b');
  equal((await api('/commands/ask', { ...question, anchor_date: 'x' })).status, 422);
  equal((await api('/commands/nope', {})).status, 404);
  equal((await api('/commands/deliver', {})).status, 404, 'internal');
  equal((await call(office, { ...API, path: '/api/v1/commands/ask', method: 'POST', body: '[1' })).status, 400);
  equal(JSON.parse((await api('/sheets/my_cases')).text).sheet.rows[0][1], '113-0041');
  equal(JSON.parse((await api('/sheets/case_parties', { case_no: '113-0041' })).text).sheet.rows.length, 3);
  const described = JSON.parse((await api('/openapi.json')).text);
  equal(described.openapi, '3.1.0');
  ok(described.paths['/api/v1/commands/ask'].post.requestBody, 'ask is not described');
  equal((await call(office, { path: '/api/v1/sheets/my_cases' })).status, 403, 'not on the web listener');
});

test('the card listener demands a certificate in the handshake', async () => {
  let why = '';
  try { await call({ ...office, webPort: office.cardPort }, { path: '/sign-in' }); } catch (error) { why = error.code ?? error.message; }
  ok(why, 'a reply without a certificate');
});

test('the log is open to outsiders, its entries are not', async () => {
  has((await call(office, { path: '/log/checkpoint' })).text, 'demo.');
  equal((await call(office, { path: '/log/tile/0/000' })).status, 200);
  equal((await call(office, { path: '/log/tile/entries/000' })).status, 403);
  has((await call(office, { path: '/metrics' })).text, 'youju_front_replies_total');
});

test('a keeper that is silent for a second gives 503, and the form can be sent again', async () => {
  const began = Date.now();
  await ask({ case_no: '999-9999' });
  has(await text(), '系統暫時無法回應');
  ok(Date.now() - began < 3500, 'took too long');
  await shot(page, 'silent');
  let status;
  for (let tries = 0; tries < 100 && status !== 200; tries++) {
    status = (await call(office, { path: '/healthz' })).status;
    await sleep(100);
  }
  equal(status, 200);
});

test('signing out ends the session in the browser', async () => {
  await page.goto(office.web + '/');
  await page.click('.who form button');
  equal(page.url(), office.web + '/signed-out');
  equal((await plain.cookies()).filter(c => c.name === '__Host-session').length, 0);
  equal(office.frontExit, null, 'the front never stopped');
});

const failed = await runAll();
await close();
await office.stop();
process.exit(failed ? 1 : 0);
