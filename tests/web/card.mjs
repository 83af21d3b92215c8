// usage: node card.mjs BUILD: signing in and signing steps through the signing service of a card reader, here
// `youju card-service`, in every way it can go wrong.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { browser, call, service } from './service.mjs';
import { equal, has, ok, runAll, test } from './tap.mjs';

const build = process.argv[2], shots = process.env.SHOTS;
const office = await service(build, { real: true });
const { chrome, close } = await browser(office, 'sanmin-officer', 'demo');
let running = null, page, number = 0;

// The stand-in on the port that youju.conf names, with one card or, in its window, several to choose from; mode null: nothing listens there.
async function reader(card, mode = 'good', { pin } = {}) {
  if (running) { running.kill(); await new Promise(done => running.once('exit', done)); running = null; }
  if (mode === null) return;
  const files = [card].flat().map(one => join(office.dir, `cards/${one}.pem`));
  const args = ['card-service', ...files, '--port', `${office.servicePort}`, '--mode', mode];
  running = spawn(join(build, 'youju'), pin ? [...args, '--pin-fd', '0'] : args, { stdio: [pin ? 'pipe' : 'ignore', 'pipe', 'inherit'] });
  if (pin) running.stdin.end(`${pin}\n`);
  await new Promise(done => running.stdout.once('data', done));
}

async function fresh(options = {}) {
  if (page) await page.context().close();
  const context = await chrome.newContext({ viewport: { width: 1280, height: 900 }, locale: 'zh-TW', ...options });
  page = await context.newPage();
  page.setDefaultTimeout(15000);
  page.on('pageerror', error => { throw error; });
}

async function shot(name) {
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}/card-${String(number++).padStart(2, '0')}-${name}.png`, fullPage: true });
}
const text = async (selector = 'main') => (await page.locator(selector).allInnerTexts()).join('\n');

async function sign(pin = '123456') {
  await page.goto(office.web + '/sign-in');
  await page.fill('#card-pin', pin);
  await page.press('#card-pin', 'Enter');
}

// Fetches text and signatures from the page; openssl knows nothing but the authorities. How many signatures verified.
async function filesVerify(part) {
  const ca = join(office.dir, 'tls/ca');
  writeFileSync(join(office.dir, 'cas.pem'), readdirSync(ca).map(name => readFileSync(join(ca, name), 'utf8')).join('\n'));
  const signatures = [];
  for (const link of await page.locator('a[download]').all()) {
    const name = await link.getAttribute('download');
    writeFileSync(join(office.dir, name), Buffer.from((await link.getAttribute('href')).split(',')[1], 'base64'));
    if (name.endsWith('.p7s')) signatures.push(name);
  }
  for (const name of signatures) {
    const verified = execFileSync('openssl', ['cms', '-verify', '-binary', '-inform', 'DER', '-in', name, '-content',
      name.replace(/(-agency)?\.p7s$/, '.txt'), '-CAfile', 'cas.pem', '-purpose', 'any'], { cwd: office.dir, stdio: ['ignore', 'pipe', 'ignore'] });
    has(verified.toString('utf8'), part);
  }
  return signatures.length;
}

// Waits for the box that the page shows, by the keyboard's place: it has the focus.
async function diagnosis(why) {
  const box = page.locator(`[data-why="${why}"]`);
  await box.waitFor({ state: 'visible', timeout: 20000 });
  equal(await page.locator('[data-why]:visible').count(), 1);
  ok(await box.locator('h2').evaluate(heading => heading === document.activeElement), 'the diagnosis has no focus');
  has(await box.innerText(), '下一步');
  equal(await page.inputValue('#card-pin'), '');
  await shot(why);
}

test('the page for the card runs one script of ours and connects to nothing', async () => {
  const reply = await call(office, { path: '/sign-in' });
  has(reply.headers['content-security-policy'], "script-src 'self'");
  ok(!reply.headers['content-security-policy'].includes('connect-src'), 'connect-src');
  ok(!reply.headers['content-security-policy'].includes('unsafe'), 'unsafe');
  equal(reply.headers['cross-origin-opener-policy'], 'same-origin-allow-popups');
  ok(/<script defer src="\/assets\/card\.[0-9a-f]+\.js" integrity="sha384-[^"]+"><\/script>/.test(reply.text), 'no integrity');
  ok(!/<input[^>]*card-pin[^>]*name=/.test(reply.text) && !/name=[^>]*card-pin/.test(reply.text), 'the PIN field has a name');
  const other = await call(office, { path: '/about' });
  ok(!other.headers['content-security-policy'].includes('script-src'), 'script on another page');
  equal(other.headers['cross-origin-opener-policy'], 'same-origin');
});

test('an officer signs in through the signing service, and the PIN never leaves for the server', async () => {
  await reader('sanmin-officer', 'good', { pin: '246810' });
  await fresh();
  const bodies = [];
  page.on('request', request => { if (request.url().startsWith(office.web)) bodies.push(request.postData() ?? ''); });
  await page.goto(office.web + '/sign-in');
  await shot('sign-in');
  await page.fill('#card-pin', '246810');
  await page.press('#card-pin', 'Enter');
  await page.waitForURL(office.web + '/');
  has(await text('.who'), '三民區公所');
  ok(bodies.some(body => body.includes('cms=')) && !bodies.some(body => body.includes('246810')), 'PIN in a request');
  await shot('signed-in');
});

test('nothing listens: the service is absent', async () => {
  await reader('', null);
  await fresh();
  await sign();
  await diagnosis('absent');
});

test('the browser blocks the window', async () => {
  await reader('sanmin-officer');
  await fresh();
  await page.addInitScript(() => { window.open = () => null; });
  await sign();
  await diagnosis('blocked');
});

test('the window is closed before it answers', async () => {
  await reader('sanmin-officer', 'cancel');
  await fresh();
  await sign();
  await diagnosis('cancelled');
});

test('a wrong PIN is shown as the number that came, not interpreted', async () => {
  await reader('sanmin-officer', 'good', { pin: '246810' });
  await fresh();
  await sign('111111');
  await diagnosis('failed');
  has(await text('[data-why="failed"]'), '0x76000031');
});

test('an answer that is none is said to be none', async () => {
  await reader('sanmin-officer', 'garbage');
  await fresh();
  await sign();
  await diagnosis('garbage');
});

test('messages of another address are ignored', async () => {
  await reader('sanmin-officer', 'foreign');
  await fresh();
  await sign();
  await diagnosis('foreign');
});

test('a slow service is waited for', async () => {
  await reader('sanmin-officer', 'slow');
  await fresh();
  await sign();
  await page.locator('#card-state', { hasText: /尚未|not answered/ }).waitFor({ timeout: 10000 });
  await page.waitForURL(office.web + '/');
});

for (const [mode, why] of [['no_reader', 'no_reader'], ['no_card', 'no_card'], ['good', 'ready']])
  test(`reader and card are checked: ${why}`, async () => {
    await reader('sanmin-officer', mode);
    await fresh();
    await page.goto(office.web + '/sign-in');
    await page.focus('#card-check');
    await page.keyboard.press('Enter');
    await diagnosis(why);
  });

for (const [card, rule] of [['test-expired', '已逾期'], ['test-revoked', '廢止'], ['test-wrong-usage', '簽章憑證'],
  ['test-foreign', '憑證機構'], ['test-stranger', '未']])
  test(`a card that signs but may not come in: ${card}`, async () => {
    await reader(card);
    await fresh();
    await sign();
    await page.waitForSelector('.outcome.refused');
    has(await text('.outcome.refused'), rule);
    has(await text('.outcome.refused'), '下一步');
    await shot(card);
  });

test('without script the page says how to go on', async () => {
  await fresh({ javaScriptEnabled: false });
  await page.goto(office.web + '/sign-in');
  ok(!await page.locator('#card-pin').isVisible(), 'the form shows without script');
  has(await text('noscript, main'), '憑證');
  equal(await page.locator(`a[href="${office.card}/sign-in"]`).count(), 1);
  await shot('without-script');
  await page.goto(office.web + '/card-help');
  ok((await page.locator('dt').count()) > 15, 'troubles');
  await shot('help');
});

test('an important step is read, signed and kept; text and signature can be fetched', async () => {
  await reader('bureau-custodian');
  await fresh();
  await sign();
  await page.waitForURL(office.web + '/');
  await page.goto(office.web + '/do/file_edition');
  await page.selectOption('#edition_kind', { index: 1 });
  await page.fill('#title', '應用移民資訊管理作業要點');
  await page.fill('#dated', '1070724');
  await page.fill('#text', '一、為辦理社會救助\n二、本要點用詞 <定義>');
  await page.click('form.sheet button');
  has(await text(), '重要步驟');
  await shot('step');
  await page.fill('#card-pin', '1');
  await page.press('#card-pin', 'Enter');
  await page.waitForSelector('.outcome.yes');
  const entry = (await text('.outcome.yes b.mono')).trim();
  await page.goto(`${office.web}/signature?entry=${entry}`);
  await page.click('form.sheet button');
  has(await text('pre.card'), '"command":"file_edition"');
  await shot('signature');
  equal(await filesVerify('"title":"應用移民資訊管理作業要點"'), 1);
});

// --- an account is ended under two signatures (G3.6, X25) ---

const youju = (...args) => JSON.parse(execFileSync(join(build, 'youju'), [...args, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] }));
const bureau = (command, ...fields) => youju('do', office.dir, command, '--as', join(office.dir, 'cards/bureau-custodian.pem'), ...fields);
const show = (list, ...filters) => youju('show', office.dir, list, ...filters, '--as', join(office.dir, 'cards/bureau-custodian.pem')).rows;
let block;

// Signed in as the custodian of the office, with the form filled in and the text on the page.
async function toTerminate() {
  await reader('sanmin-custodian');
  await fresh();
  await sign();
  await page.waitForURL(office.web + '/');
  await page.goto(`${office.web}/do/terminate_account?block=${block}`);
  await page.fill('#letter_no', '高市三區社字第1號');
  await page.press('#letter_no', 'Enter');
  await page.waitForSelector('#card-pin');
}

const firstTurn = async () => {
  await page.fill('#card-pin', '1');
  await page.press('#card-pin', 'Enter');
  await page.waitForFunction(() => document.activeElement?.id === 'card-pin2');
};
const secondTurn = async () => {
  await page.fill('#card-pin2', '1');
  await page.press('#card-pin2', 'Enter');
};

test('there is an account to be ended', async () => {
  const officers = show('people').filter(row => row.office === 'sanmin' && row.duty === 'officer' && row.deputy === 'false');
  const blocked = show('account_blocks').map(row => row.person);
  const person = officers.filter(row => !blocked.includes(row.person)).at(-1).person.slice(0, 16);
  bureau('record_duty_change', `person=${person}`, 'office=sanmin', 'duty_change=left', `effective=${new Date().toISOString().slice(0, 10)}`);
  block = show('account_blocks', 'block_state=standing').find(row => row.person.startsWith(person)).key;
});

test('two cards have their turns by the keyboard, and a card that was not changed is noticed', async () => {
  await toTerminate();
  has(await text(), '第二次簽章');
  equal(await page.locator('#card-pin2').isDisabled(), true);
  equal(await page.locator('details form').count(), 0);
  await shot('two-cards');
  await firstTurn();
  equal(await page.locator('#card-pin').isDisabled(), true);
  has(await text('#card-state'), '機關憑證');
  await shot('change-the-card');
  await secondTurn();
  await diagnosis('same_card');
  equal(await page.inputValue('#card-pin2'), '');
  await reader('agency-sanmin', 'wrong_pin');
  await secondTurn();
  await diagnosis('failed');
  await reader('agency-sanmin', 'cancel');
  await secondTurn();
  await diagnosis('cancelled');
  await reader('', null);
  await secondTurn();
  await diagnosis('absent');
});

for (const [card, said] of [['bureau-custodian', '並非機關憑證'], ['agency-zuoying', '非本機關所登錄']])
  test(`what signs second is judged, and the form is there again: ${card}`, async () => {
    await toTerminate();
    await firstTurn();
    await reader(card);
    await secondTurn();
    await page.waitForSelector('.outcome.refused');
    has(await text('.outcome.refused'), said);
    equal(await page.inputValue('#letter_no'), '高市三區社字第1號');
    await shot(`second-${card}`);
    await reader('sanmin-custodian');
    await page.press('#letter_no', 'Enter');
    await page.waitForSelector('#card-pin2', { state: 'attached' });
  });

test('the account ends under both signatures, which verify apart', async () => {
  await toTerminate();
  await reader(['sanmin-custodian', 'agency-sanmin']);
  const changed = async (card, turn) => {
    const [popup] = await Promise.all([page.waitForEvent('popup'), turn()]);
    await popup.click(`button:has-text("${card}")`);
  };
  await Promise.all([firstTurn(), changed('sanmin-custodian', async () => {})]);
  await changed('agency-sanmin', secondTurn);
  await page.waitForSelector('section.outcome.yes:visible');
  await shot('terminated');
  await page.click('a[href^="/signature?entry="]');
  await page.click('form.sheet button');
  has(await text('pre.card'), '"command":"terminate_account"');
  equal(await page.locator('a[download$="-agency.p7s"]').count(), 1);
  await shot('two-signatures');
  equal(await filesVerify('"command":"terminate_account"'), 2);
  equal(show('account_blocks', 'block_state=terminated').some(row => row.key === block), true);
});

// --- one signature for a list ---

const supervisor = join(office.dir, 'cards/bureau-supervisor.pem');
let proposals, entries;

test('several proposals wait for the supervisor, who may decide them together', async () => {
  const effective = new Date(Date.now() + 3 * 86400000).toISOString().slice(0, 10);
  proposals = ['query.quota_hour', 'query.quota_day', 'residence.margin'].map((name, at) =>
    `${bureau('propose_parameter', `name=${name}`, `value=${at === 2 ? 5 : 900 + at}`, `effective=${effective}`).entry}`);
  await reader('bureau-supervisor');
  await fresh();
  await sign();
  await page.waitForURL(office.web + '/');
  await shot('tasks-together');
  await page.focus('a[href="/together/approve_proposal"]');
  await page.keyboard.press('Enter');
  await page.waitForSelector('table.choose');
  for (const proposal of proposals) equal(await page.locator(`input[name="pick:${proposal}"]`).count(), 1);
});

test('nothing ticked is told, and nothing is done', async () => {
  await page.click('form.sheet button');
  await page.waitForSelector('.outcome.note');
  has(await text('.outcome.note'), '未勾選');
  equal(await page.locator('input[name^="pick:"]:checked').count(), 0);
});

// Ticks by the keyboard and reads what is signed.
async function tick(keys) {
  for (const key of keys) {
    await page.focus(`input[name="pick:${key}"]`);
    await page.keyboard.press('Space');
  }
  await page.focus('form.sheet button');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#card-pin');
}

test('one text names every row; what somebody else decided meanwhile is told row by row', async () => {
  await tick(proposals);
  equal(await page.locator('main table tbody tr').count(), 3);
  await shot('sign-together');
  const shown = await page.locator('pre.card').textContent();
  for (const proposal of proposals) has(shown, `"fields":{"proposal":"${proposal}"}`);
  youju('do', office.dir, 'approve_proposal', '--as', join(office.dir, 'cards/bureau-supervisor-deputy.pem'), `proposal=${proposals[1]}`);
  await page.fill('#card-pin', '1');
  await page.press('#card-pin', 'Enter');
  await page.waitForSelector('table.results');
  const rows = await page.locator('table.results tbody tr').allInnerTexts();
  equal(rows.length, 3);
  for (const at of [0, 2]) has(rows[at], '完成');
  has(rows[1], '拒絕');
  entries = await page.locator('table.results td:last-child a').allInnerTexts();
  has(await text('.outcome.note'), '2 / 3');
  await shot('results-together');
});

test('what was not done can be signed again, and is told again', async () => {
  equal(await page.locator(`input[name="pick:${proposals[1]}"]`).count(), 1);
  await page.click('form.sheet button');
  await page.waitForSelector('#card-pin');
  await reader('bureau-custodian');
  await page.fill('#card-pin', '1');
  await page.press('#card-pin', 'Enter');
  await page.waitForSelector('table.results');
  has(await text('.outcome.note'), '0 / 1');
});

test('the text of the list is kept beside each of its steps', async () => {
  for (const at of [0, 2]) {
    youju('signature', office.dir, entries[at], '--as', supervisor, '--out', join(office.dir, `list-${at}`));
    const kept = readFileSync(join(office.dir, `list-${at}.txt`), 'utf8');
    for (const proposal of proposals) has(kept, `"fields":{"proposal":"${proposal}"}`);
    ok(!existsSync(join(office.dir, `list-${at}-agency.p7s`)), 'an agency signed');
  }
});

test('who signed in by signing takes no important step without', async () => {
  await page.goto(office.web + '/do/accept_clock');
  await reader('', null);
  await page.click('form.sheet button');
  equal(await page.locator('details form').count(), 0);
});

const failed = await runAll();
await reader('', null);
await close();
await office.stop();
process.exit(failed ? 1 : 0);
