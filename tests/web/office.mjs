// usage: node office.mjs BUILD: a working day before the real roles, with the demonstration city.
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { browser, call, service, sleep } from './service.mjs';
import { equal, has, ok, runAll, test } from './tap.mjs';

const PASSWORD = 'demo', CASE = '113-0041';
const office = await service(process.argv[2], { real: true });
const shots = process.env.SHOTS;
const people = {};
let page, number = 0;

async function shot(name) {
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}/office-${String(number++).padStart(2, '0')}-${name}.png`, fullPage: true });
}
const text = async (selector = 'main') => (await page.locator(selector).allInnerTexts()).join('\n');

// Each person has an own browser, as each has an own card.
async function as(card) {
  if (!people[card]) {
    const { chrome, close } = await browser(office, card, PASSWORD);
    const context = await chrome.newContext({ viewport: { width: 1280, height: 900 }, javaScriptEnabled: false });
    people[card] = { close, page: await context.newPage() };
    page = people[card].page;
    await page.goto(office.card + '/sign-in');
    await page.click('main form button');
  }
  page = people[card].page;
}

async function value(selector) {
  return await page.locator(selector).inputValue();
}

async function ask(subject, { waits = false } = {}) {
  await page.goto(`${office.card}/ask?case_no=${CASE}&legal_basis=B_LOW`);
  await page.fill('#subject', subject);
  if (waits) await page.selectOption('#waits_for', 'person');
  await page.click('form.sheet button');
}

test('an officer signs in with the card and sees tasks and cases', async () => {
  await as('sanmin-officer');
  equal(page.url(), office.card + '/');
  has(await text('.who'), '三民區公所');
  has(await text('.demo'), '示範資料');
  has(await text(), CASE);
  await shot('home');
});

test('from the case a party leads to a prefilled question', async () => {
  await page.goto(`${office.card}/case?no=${CASE}`);
  await shot('case');
  await page.click('tbody tr:first-child td:first-child a');
  equal(await page.inputValue('#case_no'), CASE);
  equal(await page.inputValue('#subject'), '1');
  ok((await page.inputValue('#anchor_date')).length >= 8, 'no anchor date');
});

test('each party of the household gets an answer with its entry; who needs review gets a calendar', async () => {
  const seen = new Set();
  for (const subject of ['1', '2', '3', '4', '5']) {
    await ask(subject);
    const verdict = await text('.outcome h2'), calendar = await page.locator('svg.calendar').count();
    seen.add(verdict.trim());
    has(await text(), '已登錄日誌');
    equal(calendar, verdict.includes('符合') ? 0 : calendar, 'calendar of an eligible person');
    await shot(`answer-${subject}`);
  }
  ok(seen.has('符合') && (seen.has('需人工認定') || seen.has('不符')), `verdicts: ${[...seen]}`);
});

test('a person of no case of hers is refused with the rule, and the number shows nowhere', async () => {
  await ask('A123456789');
  has(await text(), 'G3.4b');
  has(await text(), '下一步');
  ok(!(await page.content()).includes('A123456789') && !page.url().includes('A1'), 'number shown');
  await shot('refused');
});

test('sending the same question again gives the same entries', async () => {
  await page.goto(`${office.card}/ask?case_no=${CASE}&legal_basis=B_LOW`);
  await page.fill('#subject', '1');
  await page.click('form.sheet button');
  const first = await text('p.small b.mono');
  await page.reload();
  equal(await text('p.small b.mono'), first);
});

test('a question for a person waits, is answered by pasting, and stands in the list', async () => {
  await ask('2', { waits: true });
  has(await text(), '待登錄結果');
  await page.click('.outcome a.button');
  await page.fill('#lines', '1 出境 20260310\n2 入境 20260402');
  await shot('paste');
  await page.click('form.sheet button');
  ok(/符合|不符|需人工認定/.test(await text('.outcome h2')), 'no verdict');
  await page.goto(office.card + '/queries');
  has(await text(), CASE);
  await page.click('tbody tr:first-child td:first-child a');
  has(await text(), '單筆查詢');
  await shot('query');
});

test('the form of a question takes basis, purpose and anchor date from the case', async () => {
  await page.goto(`${office.card}/ask?case_no=${CASE}`);
  equal(await value('#legal_basis'), 'B_LOW');
  equal(await value('#purpose'), 'yearly_recheck');
  ok(/^\d{2,3}\D\d{1,2}\D\d{1,2}$|^\d{7}$/.test(await value('#anchor_date')), await value('#anchor_date'));
  await page.goto(`${office.card}/ask?case_no=999-0001`);
  equal(await value('#legal_basis'), '');
});

test('the day table of an eligible person is shown after one click with a reason', async () => {
  await ask('1');
  await page.selectOption('#reason_code', 'decision_letter');
  await page.click('form[action="/release"] button');
  ok(await page.locator('svg.calendar').count() === 1, 'no calendar');
  await shot('released');
});

test('an entry has a receipt within a second', async () => {
  for (let tries = 0; tries < 100; tries++) {
    await page.goto(office.card + '/receipt?entry=1');
    if ((await text()).includes('c2sp.org/tlog-proof')) break;
    await sleep(100);
  }
  has(await text(), 'c2sp.org/tlog-proof');
  await shot('receipt');
});

test('every page of lists and forms answers, whatever the duties', async () => {
  const wrong = [];
  for (const path of ['/lists/my_tasks', '/lists/people', '/lists/grants', '/lists/refusals', '/lists/bases', '/lists/parameters', '/lists/proposals',
    '/lists/editions', '/lists/offices', '/lists/calendar', '/lists/status', '/lists/open_acceptances', '/lists/my_grants', '/lists/my_duties',
    '/do/open_case', '/do/add_party', '/do/appoint_duty', '/do/end_duty', '/do/propose_basis', '/do/propose_parameter', '/do/file_edition', '/log', '/import', '/about']) {
    const reply = await page.goto(office.card + path);
    if (reply.status() !== 200) wrong.push(`${path}: ${reply.status()}`);
  }
  equal(wrong.join(' '), '');
});

test('the auditor reads the log, and that reading is an entry', async () => {
  await as('sanmin-auditor');
  await page.goto(office.card + '/log');
  await page.fill('#first', '0');
  await page.fill('#count', '5');
  await page.click('form.sheet button');
  has(await text(), 'log_opened');
  has(await text(), '日誌啟用');
  await shot('log');
  await page.goto(office.card + '/lists/refusals');
  has(await text(), '此人非該案號下');
});

test('the custodian of the bureau previews a list, then takes it over', async () => {
  await as('bureau-custodian');
  await page.goto(office.card + '/import');
  await page.selectOption('#import_kind', 'calendar');
  await page.setInputFiles('#file', { name: 'c.csv', mimeType: 'text/csv', buffer: Buffer.from('day,day_kind\n2027-03-09,holiday\n') });
  await page.click('form.sheet button');
  has(await text(), '目前尚未變更');
  has(await text(), '116年3月9日');
  await shot('import-preview');
  await page.click('form.sheet button');
  has(await text(), '已匯入');
  await page.goto(office.card + '/import');
  await page.selectOption('#import_kind', 'calendar');
  await page.setInputFiles('#file', { name: 'c.csv', mimeType: 'text/csv', buffer: Buffer.from('day,day_kind\n2027-13-01,holiday\n') });
  await page.click('form.sheet button');
  has(await text(), '名冊有誤');
  await shot('import-wrong');
});

test('a template without rows is refused as such', async () => {
  const [cookie] = (await page.context().cookies()).filter(c => c.name === '__Host-session');
  const template = await call(office, { path: '/import/calendar', headers: { Cookie: `__Host-session=${cookie.value}` } });
  await page.goto(office.card + '/import');
  await page.selectOption('#import_kind', 'calendar');
  await page.setInputFiles('#file', { name: 'calendar.ods', mimeType: 'application/octet-stream', buffer: template.bytes });
  await page.click('form.sheet button');
  has(await text(), '名冊無資料列');
});

// A browser does not even offer some of these cards.
for (const [card, rule] of [['test-revoked', 'G3.7'], ['test-expired', 'G3.4a'], ['test-foreign', 'G3.4a'],
  ['test-stranger', 'G3.4a'], ['test-not-yet-valid', 'G3.4a']])
  test(`the card ${card} is refused with its rule and opens no session`, async () => {
    const reply = await call(office, { path: '/sign-in', method: 'POST', card, password: PASSWORD, headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
    has(reply.text, `<span class="rule mono">${rule}</span>`);
    equal(reply.headers['set-cookie'], undefined);
  });

test('signing out is the end of the session at the keeper, too', async () => {
  await as('sanmin-officer');
  const [cookie] = (await page.context().cookies()).filter(c => c.name === '__Host-session');
  await page.goto(office.card + '/');
  await page.click('.who form button');
  equal(page.url(), office.card + '/signed-out');
  const reply = await call(office, { path: '/queries', headers: { Cookie: `__Host-session=${cookie.value}` } });
  equal(reply.status, 401);
  has(reply.text, 'G3.');
});

const api = (card, path, body, key) => call(office, { path: '/api/v1' + path, card, password: PASSWORD,
  headers: { 'Content-Type': 'application/json', ...(key ? { 'Idempotency-Key': key } : {}) },
  ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}) });

test('every command and every list answers programs: granted, refused or invalid, never a failure', async () => {
  const described = JSON.parse((await api('sanmin-supervisor', '/openapi.json')).text), wrong = [];
  for (const path of Object.keys(described.paths)) {
    const is_command = path.includes('/commands/') || path.includes('/step-text/');
    if (path.endsWith('/sign_out')) continue;
    const short = path.replace('/api/v1', '').replace('{command}', 'approve_proposal');
    for (const card of ['sanmin-supervisor', 'bureau-custodian']) {
      const reply = await api(card, short, is_command ? { nonsense: 'x' } : undefined);
      const { verdict } = JSON.parse(reply.text);
      const fine = is_command ? verdict === 'invalid' && reply.status === 422 : ['granted', 'refused'].includes(verdict) && reply.status === 200;
      if (!fine) wrong.push(`${card} ${short}: ${reply.status} ${reply.text.slice(0, 80)}`);
    }
  }
  equal(wrong.join('\n'), '');
});

test('the same key gives the first outcome; with other content it is refused', async () => {
  const body = { case_no: CASE, subject: '1', legal_basis: 'B_LOW', purpose: 'yearly_recheck', item: 'item_1', range: 'residence', anchor_date: '2026-11-20' };
  const key = randomUUID();
  const first = JSON.parse((await api('sanmin-officer-2', '/commands/ask', body, key)).text);
  const again = JSON.parse((await api('sanmin-officer-2', '/commands/ask', body, key)).text);
  equal(first.verdict, 'granted');
  equal(again.asked_entry, first.asked_entry);
  const other = JSON.parse((await api('sanmin-officer-2', '/commands/ask', { ...body, subject: '2' }, key)).text);
  equal(other.refusal, 'request_reused');
});

test('no identity number and no name stands in what outsiders can read', async () => {
  const bundle = await call(office, { path: '/log/tile/entries/000', card: 'sanmin-auditor', password: PASSWORD });
  equal(bundle.status, 200);
  ok(!/(?<![A-Za-z0-9])[A-Z][1289A-D]\d{8}(?![0-9])/.test(bundle.text), 'an identity number');
  equal((await call(office, { path: '/log/tile/entries/000', card: 'sanmin-officer-2', password: PASSWORD })).status, 403);
});

const failed = await runAll();
for (const person of Object.values(people)) await person.close();
await office.stop();
process.exit(failed ? 1 : 0);
