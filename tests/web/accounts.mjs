// usage: node accounts.mjs BUILD: accounts from search to ending, by the keyboard alone, in both languages.
import { readFileSync, mkdirSync } from 'node:fs';
import { browser, call, service } from './service.mjs';
import { equal, has, ok, runAll, test } from './tap.mjs';

const PASSWORD = 'demo', TABS_MAX = 160;
const office = await service(process.argv[2], { real: true });
const axe = readFileSync(new URL('./node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const shots = process.env.SHOTS;
const people = {};
let page, number = 0, block;

const text = async (selector = 'main') => (await page.locator(selector).allInnerTexts()).join('\n');
const open = path => page.goto(office.card + path);

async function shot(name) {
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}/acc-${String(number++).padStart(2, '0')}-${name}.png`, fullPage: true });
}

// The page holds no faults that a checker finds, and everything stays within a narrow screen.
async function clean(name) {
  await shot(name);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  equal(violations.map(v => `${v.id}: ${v.nodes.map(n => n.target).join(' ')}`).join('; '), '', name);
  await page.setViewportSize({ width: 360, height: 800 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  await shot(name + '-narrow');
  await page.setViewportSize({ width: 1280, height: 900 });
  ok(wide <= 360, `${name}: ${wide} pixels wide at 360`);
}

// Script runs for the checker only: the pages bring none that these paths need.
async function as(card, { language = 'zh' } = {}) {
  if (!people[card]) {
    const { chrome, close } = await browser(office, card, PASSWORD);
    const context = await chrome.newContext({ viewport: { width: 1280, height: 900 } });
    context.setDefaultTimeout(15000);
    people[card] = { close, page: await context.newPage() };
    page = people[card].page;
    await open('/language/' + language);
    await open('/sign-in');
    await to('main form button');
    await enter();
  }
  page = people[card].page;
}

// From where the focus stands to the control, as somebody without a mouse does it.
async function to(selector) {
  const target = page.locator(selector).first();
  await target.waitFor({ state: 'attached' });
  const is_there = () => target.evaluate(e => e === document.activeElement);
  const ahead = await target.evaluate(e => {
    const stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
      .filter(stop => stop.checkVisibility() && stop.type !== 'hidden');
    return stops.indexOf(e) - stops.indexOf(document.activeElement);
  });
  for (let tabs = 1; tabs < ahead; tabs++) await page.keyboard.press('Tab');
  for (let tabs = 0; tabs < TABS_MAX; tabs++) {
    if (await is_there()) {
      const style = await target.evaluate(e => getComputedStyle(e).outlineStyle);
      ok(style !== 'none', `${selector}: focus cannot be seen`);
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`${selector} is not reached by the keyboard`);
}
const enter = () => Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);

async function content() {
  await to('.skip');
  await page.keyboard.press('Enter');
}
async function type(selector, words) {
  await to(selector);
  await page.keyboard.press('Control+A');
  await page.keyboard.type(words);
}
// Letters choose in a select, as the arrows do.
async function choose(selector, value) {
  await to(selector);
  const steps = await page.locator(selector).evaluate((e, v) => [...e.options].findIndex(o => o.value === v) - e.selectedIndex, value);
  for (let i = 0; i < Math.abs(steps); i++) await page.keyboard.press(steps > 0 ? 'ArrowDown' : 'ArrowUp');
  equal(await page.inputValue(selector), value, selector);
}
async function follow(selector) {
  await to(selector);
  await enter();
}
// Important steps show what is signed; over the card's own connection they may go unsigned.
async function send(command) {
  await follow(`form[action="/do/${command}"] button`);
  const unsigned = 'details:has(input[name="unsigned"])';
  if (!await page.locator(unsigned).count()) return;
  await to(`${unsigned} summary`);
  await page.keyboard.press('Enter');
  await follow(`${unsigned} button`);
}
const entry = async () => Number(await text('.outcome p.small b.mono'));
const today = () => new Date(Date.now() + 8 * 3600000).toISOString().slice(0, 10);
const tomorrow = () => new Date(Date.now() + 32 * 3600000).toISOString().slice(0, 10);
async function name_of(card) {
  await as(card);
  const name = (await text('.who b')).trim();
  ok(name, `${card} is not signed in`);
  return name;
}

// Searched by name in the list of accounts, as one does.
async function account_open(name) {
  await open('/lists/accounts');
  await content();
  await type('#person', name);
  await enter();
  await follow('tbody a[href^="/account"]');
}

test('a name is searched for without standing in an address; the account shows its history', async () => {
  const name = await name_of('sanmin-officer-4');
  await as('sanmin-custodian');
  await open('/lists/accounts');
  equal(await page.locator('#in_office').count(), 0, 'an office chooses no office');
  await content();
  await type('#person', name);
  await enter();
  equal(page.url(), office.card + '/lists/accounts');
  equal(await page.locator('tbody tr').count(), 1);
  await clean('search');
  await follow('tbody a[href^="/account"]');
  ok(!decodeURIComponent(page.url()).includes(name), 'a name in the address');
  for (const part of ['帳號歷程', '指派職務', '綁定憑證', '核配項目', '移轉前核配']) has(await text(), part);
  await clean('account');
  await follow('.history a[href^="/receipt"]');
  has(await text(), 'tlog-proof');
});

test('what is chosen stands in the address; a search without result says what to do', async () => {
  await open('/lists/accounts');
  await content();
  await choose('#item', 'item_1');
  await choose('#account_state', 'open');
  await follow('main form.sheet button');
  ok(page.url().endsWith('/lists/accounts?item=item_1&account_state=open'), page.url());
  ok(await page.locator('tbody tr').count() > 1, 'no accounts');
  await content();
  await choose('#account_state', 'terminated');
  await follow('main form.sheet button');
  has(await text('.empty'), '查無符合條件之資料');
  await follow('main form.sheet a.button');
  equal(page.url(), office.card + '/lists/accounts');
});

test('the bureau, in English, chooses an office and turns the page', async () => {
  await as('bureau-custodian', { language: 'en' });
  await open('/lists/accounts');
  await content();
  await choose('#in_office', 'sanmin');
  await follow('main form.sheet button');
  ok(page.url().endsWith('?in_office=sanmin'), page.url());
  ok(!(await text('tbody')).includes('左營'), 'another office');
  await open('/lists/accounts');
  equal(await page.locator('tbody tr').count(), 100);
  await content();
  await follow('main p.no-print a[href*="after="]');
  ok(await page.locator('tbody tr').count() > 20, 'no second page');
  await open('/lists/grants');
  await content();
  await type('#person', '雅'); // 120 of the city's grants
  await enter();
  equal(await page.locator('tbody tr').count(), 100);
  await follow('.next button');
  equal(page.url(), office.card + '/lists/grants');
  equal(await page.inputValue('#person'), '雅');
  ok(await page.locator('tbody tr').count() > 0, 'no further page of the search');
  await clean('grants-en');
});

test('a new card is refused, stands on the custodian\'s list and is bound in place of the old one', async () => {
  const name = await name_of('sanmin-officer');
  await as('test-renewed');
  has(await text('.outcome'), 'G3.4a');
  await as('sanmin-custodian');
  await open('/lists/card_requests');
  has(await text('tbody'), name);
  await clean('card-requests');
  await follow(`tbody tr:has-text("${name}") a[href^="/do/confirm_card"]`);
  has(await text('.card'), name);
  const person = await page.locator('.card').innerHTML();
  ok(person.length > 0);
  await follow('nav a[href="/lists/accounts"]');
  await content();
  await type('#person', name);
  await enter();
  const id = new URL(await page.locator('tbody a[href^="/account"]').first().getAttribute('href'), office.card).searchParams.get('person');
  await open('/lists/card_requests');
  await follow(`tbody tr:has-text("${name}") a[href^="/do/confirm_card"]`);
  await type('#person', id);
  await clean('confirm-card');
  await send('confirm_card');
  has(await text('.outcome'), '完成');
  await open(`/account?person=${id}&office=sanmin`);
  has(await text('.history'), '已換發');
  await people['test-renewed'].page.bringToFront();
  page = people['test-renewed'].page;
  await open('/sign-in');
  await to('main form button');
  await enter();
  has(await text('.who'), name);
});

test('an officer reports the own card lost from the list of the own cards; the session is over', async () => {
  await as('sanmin-officer-2');
  await follow('nav a[href="/lists/my_cards"]');
  await clean('my-cards');
  await follow('main a[href^="/do/report_card_lost?person="]');
  await type('#lost_on', tomorrow());
  await send('report_card_lost');
  has(await text('.wrong .why'), '請更正日期');
  await type('#lost_on', today());
  await send('report_card_lost');
  has(await text('.outcome'), '完成');
  await open('/queries');
  has(await text('main'), 'G3.');
  equal(await page.locator('.who form').count(), 0, 'still signed in');
});

test('the custodian reports a card lost: whom it is about is shown, and what is missing is told at its field', async () => {
  const name = await name_of('sanmin-officer-5');
  await as('sanmin-custodian');
  await account_open(name);
  await follow('main a[href^="/do/report_card_lost"]');
  has(await text('.card'), name);
  await type('#lost_on', today());
  await send('report_card_lost');
  has(await text('.wrong .why'), '何人');
  equal(await page.inputValue('#lost_on'), today());
  await clean('lost-refused');
  await type('#told', '本人九時來電');
  await send('report_card_lost');
  block = await entry();
  ok(block > 0, 'no entry');
});

test('the same form sent twice is done once', async () => {
  await page.reload();
  equal(await entry(), block);
});

test('without a letter number nothing is recorded, and the day that was typed stays', async () => {
  await open('/lists/account_blocks');
  await clean('blocks');
  await follow(`tbody a[href="/lists/account_blocks?block=${block}"]`);
  await follow(`main a[href="/do/notify_nia?block=${block}"]`);
  await type('#notified_on', today());
  await type('#letter_no', '   ');
  await send('notify_nia');
  has(await text('.outcome'), '請更正');
  equal(await page.inputValue('#notified_on'), today());
  equal(await page.getAttribute('#letter_no', 'aria-invalid'), 'true');
  await clean('letter-missing');
  await follow('.outcome a[href="#letter_no"]').catch(() => {});
});

test('a stale form: somebody else was faster, and nothing typed is lost', async () => {
  await as('sanmin-custodian');
  await open(`/do/notify_nia?block=${block}`);
  await type('#letter_no', '高市三區社字第11571234500號');
  await type('#notified_on', today());
  await as('sanmin-supervisor');
  await open(`/do/notify_nia?block=${block}`);
  await type('#letter_no', '高市三區社字第11571234600號');
  await type('#notified_on', today());
  await send('notify_nia');
  has(await text('.outcome'), '完成');
  await as('sanmin-custodian');
  await send('notify_nia');
  has(await text('.outcome'), '已登錄');
  equal(await page.inputValue('#letter_no'), '高市三區社字第11571234500號');
  has(await text('.card'), today().slice(8));
  await clean('stale');
});

test('the agency\'s answer is recorded, and both clocks stand in the history', async () => {
  await open(`/do/confirm_nia?block=${block}`);
  await choose('#nia_ender', 'nia');
  await type('#reference', '移署資字第1150000001號');
  await type('#ended_on', today());
  await send('confirm_nia');
  has(await text('.outcome'), '完成');
  await open(`/lists/account_blocks?block=${block}`);
  await follow('tbody a[href^="/account"]');
  for (const part of ['高市三區社字第11571234600號', '移署資字第1150000001號', '本人九時來電', '遺失']) has(await text('.history'), part);
  await clean('history');
});

test('an account is suspended for a breach: incident or remark, then two people give it back', async () => {
  const name = await name_of('sanmin-officer-4');
  await as('sanmin-supervisor');
  await account_open(name);
  await follow('main a[href^="/do/suspend_account"]');
  await choose('#suspend_cause', 'violation');
  await send('suspend_account');
  has(await text('.wrong .why'), '事件');
  equal(await page.inputValue('#suspend_cause'), 'violation');
  await type('#remark', '查詢非承辦案件當事人');
  await send('suspend_account');
  const suspended = await entry();
  await open(`/lists/account_blocks?block=${suspended}`);
  await follow(`main a[href="/do/propose_reinstatement?block=${suspended}"]`);
  await type('#reason', '經查係承辦人交接期間之代辦案件');
  await send('propose_reinstatement');
  has(await text('.outcome'), '完成');
  await as('bureau-custodian');
  await open('/lists/reinstatements');
  await follow(`tbody tr:has-text("${name}") a[href^="/do/approve_reinstatement"]`);
  has(await text('.card'), name);
  await clean('reinstate-en');
  await send('approve_reinstatement');
  has(await text('.outcome'), 'Done');
  await as('sanmin-supervisor');
  await account_open(name);
  for (const part of ['查詢非承辦案件當事人', '經查係承辦人交接期間之代辦案件']) has(await text('.history'), part);
});

test('a deputy whose duty was taken away while he typed is told so and keeps what he typed', async () => {
  page = people['test-renewed'].page;
  await open(`/do/refer_violation?block=${block}`);
  await choose('#referred_to', 'ethics_office');
  await type('#letter_no', '高市三區政字第11571234700號');
  await as('bureau-supervisor');
  await open('/lists/people?in_office=sanmin&duty=custodian');
  await follow('tbody tr:has(td:text-is("是")) a[href^="/do/end_duty"]');
  await choose('#duty_end', 'reassigned');
  await type('#ended_on', today());
  await send('end_duty');
  has(await text('.outcome'), '完成');
  page = people['test-renewed'].page;
  await send('refer_violation');
  has(await text('.outcome'), 'G3.4a');
  equal(await page.inputValue('#letter_no'), '高市三區政字第11571234700號');
  equal(await page.inputValue('#referred_to'), 'ethics_office');
});

const failed = await runAll();
for (const person of Object.values(people)) await person.close();
await office.stop();
process.exit(failed ? 1 : 0);
